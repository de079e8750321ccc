package io.lanpo.engine.run.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.RunSettings.Contaminated;
import io.lanpo.engine.fixture.ListedTask;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.run.folder.Contamination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContaminationCheckTest {
  private static final Problem HATS =
      problem(
          "hats",
          "A shop has 12 red hats and 7 blue hats. It sells 5 red hats. How many are left?");
  private static final Problem SAME =
      problem(
          "same",
          "a shop has 12 red hats and  7 blue hats. It sells 5 red hats. How many are left?");
  private static final Problem NEAR =
      problem(
          "near",
          "After a shop sells 5 of its red hats, how many are left if it has 12 red hats and 7 blue hats?");
  private static final Problem OTHER =
      problem(
          "other",
          "Of the 12 trains with 7 cars, how many can be drawn by five engines at most a day?");
  private static final Problem SHORT = problem("short", "12 + 7 - 5 = ?");
  private static final Task TASK =
      new ListedTask(
          List.of(SAME, NEAR, OTHER, SHORT, OTHER),
          List.of(HATS, problem("sum", "12 - 5 + 7 = ?")));

  private static Problem problem(String id, String text) {
    return new Problem(new Question(id, text), new AnswerKey("14"), Map.of());
  }

  private static ContaminationCheck.Outcome check(Contaminated answer, Task task) {
    return new ContaminationCheck(answer).check(task);
  }

  @ParameterizedTest
  @CsvSource({
    "KEEP, 0, same near other short other",
    "DROP_EXACT, 1, near other short other",
    "DROP_NEAR, 2, other short other",
  })
  void whatIsFoundIsCountedAndLeftOutAsAsked(Contaminated answer, int dropped, String left) {
    ContaminationCheck.Outcome outcome = check(answer, TASK);
    assertEquals(new Contamination(1, 1, dropped, "same, hats", "near, hats"), outcome.found());
    assertEquals(
        List.of(left.split(" ")),
        outcome.task().training().stream().map(p -> p.question().id()).toList());
    assertEquals(TASK.heldOut(), outcome.task().heldOut(), "held-out problems stay");
    assertTrue(
        outcome
            .found()
            .sentence()
            .startsWith(
                "1 training problem has the wording of a held-out one (same, hats); 1 seems to say"
                    + " the same as a held-out one in other words (near, hats); "
                    + dropped),
        outcome.found().sentence());
  }

  @Test
  void aRunMayBeRefused() {
    UserException refused =
        assertThrows(UserException.class, () -> check(Contaminated.REFUSE, TASK));
    assertTrue(refused.getMessage().contains("are held-out ones, too (same, hats)"));
    Task near = new ListedTask(List.of(NEAR, OTHER), List.of(HATS));
    assertEquals(0, check(Contaminated.REFUSE, near).found().dropped(), "not for a guess");
    Task all = new ListedTask(List.of(SAME), List.of(HATS));
    UserException none =
        assertThrows(UserException.class, () -> check(Contaminated.DROP_EXACT, all));
    assertTrue(none.nextStep().endsWith("set contamination to keep."), none.nextStep());
  }

  @Test
  void aCleanTaskStaysAsItIs() {
    Task clean = Problems.task(20, 5);
    ContaminationCheck.Outcome outcome = check(Contaminated.DROP_NEAR, clean);
    assertSame(clean, outcome.task());
    assertEquals(Contamination.NONE, outcome.found());
  }
}
