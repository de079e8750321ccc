package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotesFileTest {
  @TempDir Path folder;

  private NotesFile file() {
    return new NotesFile(folder.resolve("notes.json"));
  }

  @Test
  void whatIsWrittenIsRead() {
    assertEquals(RunNotes.NONE, file().read());
    RunNotes notes = new RunNotes("g", List.of("t"), "a \"note\"\nof two lines");
    file().write(notes);
    assertEquals(notes, file().read());
  }

  @Test
  void byHandAPartIsEnough() throws IOException {
    Files.writeString(file().file(), "{\"tags\": [\"b\", \"a\"]}");
    assertEquals(new RunNotes("", List.of("a", "b"), ""), file().read());
  }

  /** It may be somebody's words: they are not written over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"no",
        "[]",
        "{\"tag\": [\"a\"]}",
        "{\"tags\": [\"a b\"]}",
        "{\"tags\": [null]}"
      })
  void whatIsDamagedIsNamedAndStays(String text) throws IOException {
    Files.writeString(file().file(), text);
    UserException refused = assertThrows(UserException.class, () -> file().read());
    assertTrue(String.valueOf(refused.getMessage()).contains("notes.json"), refused.getMessage());
    assertThrows(UserException.class, () -> file().write(RunNotes.NONE));
    assertEquals(text, Files.readString(file().file()));
  }
}
