package io.lanpo.engine.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.GoldAnswerCheck.Refusal;
import io.lanpo.engine.fixture.ListedTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldAnswerCheckTest {
  /** The key says what comes of it. */
  private static final class AsTold implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return switch (problem.key().text()) {
        case "throws" -> throw new IllegalStateException("broken");
        case "half" -> new Verdict.Scored(0.5, "one of two");
        case "abstains" -> new Verdict.Abstained("no opinion");
        case "fails" -> new Verdict.Failed("no disk");
        default -> new Verdict.Scored(response.text().isEmpty() ? 0 : 1, "told");
      };
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text().equals("none") ? "" : "gold", true);
    }
  }

  private static Problem problem(String id, String key) {
    return new Problem(new Question(id, id), new AnswerKey(key), Map.of());
  }

  @Test
  void listsWhatIsNotAcceptedInOrderWithTheReason() {
    List<Problem> training =
        List.of(
            problem("a", "right"),
            problem("b", "half"),
            problem("c", "throws"),
            problem("d", "x".repeat(500) + "right"),
            problem("e", "abstains"));
    List<Problem> heldOut = List.of(problem("f", "none"), problem("g", "fails"));
    assertEquals(
        List.of(
            new Refusal("b", "half", "one of two"),
            new Refusal(
                "c", "throws", "the verifier threw java.lang.IllegalStateException: broken"),
            new Refusal("e", "abstains", "no opinion"),
            new Refusal("f", "none", "the key holds no answer that could be checked"),
            new Refusal("g", "fails", "no disk")),
        new GoldAnswerCheck(new AsTold(), false).refusals(new ListedTask(training, heldOut)));
  }

  @Test
  void aKeyWithoutAnAnswerMayPass() {
    List<Problem> problems =
        List.of(problem("a", "none"), problem("b", "half"), problem("c", "fails"));
    assertEquals(
        List.of("b", "c"),
        new GoldAnswerCheck(new AsTold(), true)
            .refusals(new ListedTask(problems, List.of())).stream().map(Refusal::problem).toList());
  }

  @Test
  void everyOneOfManyIsChecked() {
    List<Problem> many =
        IntStream.range(0, 3_000)
            .mapToObj(i -> problem("p" + i, i % 1000 == 7 ? "half" : "right"))
            .toList();
    assertEquals(
        List.of("p7", "p1007", "p2007"),
        new GoldAnswerCheck(new AsTold(), false)
            .refusals(new ListedTask(many, List.of())).stream().map(Refusal::problem).toList());
  }

  @Test
  void theRestOfATaskPosesAsBefore() {
    Task task =
        new ListedTask(List.of(problem("a", "1"), problem("b", "2")), List.of(problem("c", "3")));
    assertSame(task, PartOfTask.withoutIds(task, Set.of()));
    Task rest = PartOfTask.withoutIds(task, Set.of("a", "c"));
    assertEquals(List.of(problem("b", "2")), rest.training());
    assertTrue(rest.heldOut().isEmpty());
    assertEquals(new Prompt.Plain("b ="), rest.pose(new Question("b", "b")));
  }
}
