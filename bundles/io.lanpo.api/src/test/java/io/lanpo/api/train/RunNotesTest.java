package io.lanpo.api.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunNotesTest {
  @Test
  void tagsAreSortedAndEachOnce() {
    RunNotes notes = RunNotes.NONE.withTags(List.of("b", "a", "b")).withGroup("größer-2");
    assertEquals(List.of("a", "b"), notes.tags());
    assertEquals(new RunNotes("größer-2", List.of("a", "b"), "x"), notes.withNote("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "-x", "", "a\u001b[2J", "a/b", "a,b"})
  void aTagIsAWord(String tag) {
    UserException refused =
        assertThrows(UserException.class, () -> RunNotes.NONE.withTags(List.of(tag)));
    assertTrue(String.valueOf(refused.getMessage()).contains("'" + tag + "'"));
  }

  @Test
  void aNoteHasALimit() {
    assertEquals(4000, RunNotes.NONE.withNote("x".repeat(4000)).note().length());
    assertThrows(UserException.class, () -> RunNotes.NONE.withNote("x".repeat(4001)));
  }
}
