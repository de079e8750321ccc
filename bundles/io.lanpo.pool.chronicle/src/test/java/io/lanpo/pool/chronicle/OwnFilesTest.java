package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool deletes nothing that it has not made, wherever it is told to be. */
class OwnFilesTest {
  private static final List<String> THEIRS =
      List.of(
          "building/thesis.tex",
          "checking/thesis.tex",
          "building-0123456789abcdef/thesis.tex",
          "damaged-1/thesis.tex",
          "data-1/thesis.tex",
          "data-7/thesis.tex",
          "thesis.tex");

  @TempDir Path folder;

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "mine");
  }

  @Test
  void aFolderThatIsNoPoolIsRefusedAndLeftAsItIs() throws Exception {
    for (String name : THEIRS) {
      write(name);
    }
    UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
    assertEquals("%s is not empty, and there is no pool in it.".formatted(folder), e.getMessage());
    assertEquals(
        "There is no pool in %s.".formatted(folder),
        assertThrows(UserException.class, () -> new ChroniclePoolStore().check(folder))
            .getMessage());
    assertFalse(new ChroniclePoolStore().holds(folder));
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(THEIRS.size(), files.filter(Files::isRegularFile).count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"thesis.tex", "building/thesis.tex", "data-1/thesis.tex", "lock/thesis.tex"})
  void oneFileIsEnough(String name) throws Exception {
    write(name);
    assertThrows(UserException.class, () -> Samples.open(folder));
    assertEquals("mine", Files.readString(folder.resolve(name)));
    assertFalse(Files.exists(folder.resolve("open")));
  }

  /** Made larger, repaired and opened: everything that deletes. */
  @Test
  void whatOthersPutIntoAPoolStays() throws Exception {
    Samples.open(folder).close();
    for (String name : THEIRS) {
      write(name);
    }
    try (ExperiencePool pool = Samples.open(folder, Map.of("capacity", "20000"))) {
      pool.add(List.of(Samples.experience("e", "r", 1, "q")));
    }
    Files.delete(folder.resolve("data-8").resolve("experiences.map"));
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(List.of("e"), Samples.ids(pool));
    }
    for (String name : THEIRS) {
      assertEquals("mine", Files.readString(folder.resolve(name)), name);
    }
    assertTrue(new ChroniclePoolStore().holds(folder));
  }

  @Test
  void anEmptyFolderAndWhatABeginningLeftBecomeAPool() throws Exception {
    assertFalse(new ChroniclePoolStore().holds(folder));
    assertFalse(new ChroniclePoolStore().holds(folder.resolve("absent")));
    write("lock");
    write("open");
    write("building-0123456789abcdef/lessons.map");
    Samples.open(folder).close();
    assertTrue(new ChroniclePoolStore().holds(folder));
    assertFalse(Files.exists(folder.resolve("building-0123456789abcdef")));
  }
}
