package io.lanpo.engine.run.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.GoldAnswerCheck.Refusal;
import io.lanpo.engine.config.RunSettings.GoldAnswers;
import io.lanpo.engine.fixture.ListedTask;
import io.lanpo.engine.run.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedTaskTest {
  @TempDir private Path folder;

  /** Accepts whole numbers. */
  private static final class Whole implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return new Verdict.Scored(response.text().matches("\\d+") ? 1 : 0, "whole or not");
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text(), true);
    }
  }

  private Path dropped() {
    return folder.resolve("run/dropped.jsonl");
  }

  private Path refused() {
    return folder.resolve("gold-answers/run.jsonl");
  }

  private Task check(GoldAnswers answer, boolean begun, Task task) {
    return new CheckedTask("words", "whole", new Whole(), answer)
        .check(task, dropped(), begun, refused());
  }

  private UserException refusal(GoldAnswers answer, boolean begun, Task task) {
    return assertThrows(UserException.class, () -> check(answer, begun, task));
  }

  /** Problems whose ids and keys are these words; the first so many are for training. */
  private static Task task(int training, String... words) {
    List<Problem> problems = new ArrayList<>();
    for (String word : words) {
      problems.add(new Problem(new Question(word, word), new AnswerKey(word), Map.of()));
    }
    return new ListedTask(
        problems.subList(0, training), problems.subList(training, problems.size()));
  }

  private static List<String> ids(List<Problem> problems) {
    return problems.stream().map(p -> p.question().id()).toList();
  }

  @Test
  void aTaskThatPassesIsLeftAsItIs() {
    Task task = task(1, "1", "2");
    assertEquals(task, check(GoldAnswers.REFUSE, false, task));
    assertFalse(Files.exists(dropped()) || Files.exists(refused()));
  }

  @Test
  void aRunIsRefusedAndTheListNamed() {
    UserException e =
        refusal(GoldAnswers.REFUSE, false, task(7, "1", "a", "b", "c", "d", "e", "f", "2"));
    assertEquals(
        ("the verifier whole does not accept the gold answers of 6 problems of task words:"
                + " a (answer a: whole or not); b (answer b: whole or not); c (answer c: whole or not);"
                + " d (answer d: whole or not); e (answer e: whole or not); …; the list is ")
            + refused(),
        e.getMessage());
    assertTrue(e.nextStep().contains("gold-answers=drop"), e.nextStep());
    assertEquals(6, Json.lines(refused(), Refusal.class).size());
    assertFalse(Files.exists(dropped()));
  }

  @Test
  void orGoesOnWithoutThem() {
    Task rest = check(GoldAnswers.DROP, false, task(3, "1", "a", "2", "b", "3"));
    assertEquals(List.of("1", "2"), ids(rest.training()));
    assertEquals(List.of("3"), ids(rest.heldOut()));
    assertEquals(
        List.of(new Refusal("a", "a", "whole or not"), new Refusal("b", "b", "whole or not")),
        Json.lines(dropped(), Refusal.class));
    assertFalse(Files.exists(refused()));
  }

  @Test
  void aRunThatIsTakenUpHasTheProblemsItBeganWith() {
    check(GoldAnswers.DROP, false, task(3, "1", "a", "2", "b", "3"));
    Task fixed = new ListedTask(task(2, "1", "2").training(), task(0, "3", "4").heldOut());
    Task taken = check(GoldAnswers.DROP, true, fixed);
    assertEquals(List.of("1", "2"), ids(taken.training()));
    assertEquals(List.of("3", "4"), ids(taken.heldOut()));
    Task again = check(GoldAnswers.DROP, true, task(3, "1", "a", "2", "3"));
    assertEquals(List.of("1", "2"), ids(again.training()));
    UserException e = refusal(GoldAnswers.DROP, true, task(3, "1", "a", "x", "3"));
    assertTrue(e.getMessage().contains("of 1 problem of task words: x ("), e.getMessage());
    assertTrue(e.nextStep().contains("began with"), e.nextStep());
  }

  @Test
  void aRunNeedsProblemsThatAreLeft() {
    UserException learn = refusal(GoldAnswers.DROP, false, task(1, "a", "1"));
    assertTrue(learn.getMessage().endsWith("no problem is left to learn from"), learn.getMessage());
    UserException evaluate = refusal(GoldAnswers.DROP, false, task(1, "1", "a"));
    assertTrue(
        evaluate.getMessage().endsWith("no problem is left to evaluate with"),
        evaluate.getMessage());
    assertEquals(List.of("1"), ids(check(GoldAnswers.DROP, false, task(2, "1", "a")).training()));
  }
}
