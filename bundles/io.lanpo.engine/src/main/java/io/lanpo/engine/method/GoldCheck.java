package io.lanpo.engine.method;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A verifier must accept a task's own gold answers; otherwise the reward would teach its mistakes.
 */
public final class GoldCheck {
  private static final int SHOWN = 5;

  private GoldCheck() {}

  /**
   * Checks every problem of a task.
   *
   * @throws UserException naming the first problems whose gold answer is not accepted
   */
  public static void check(Task task, String taskName, Verifier verifier, String verifierName) {
    List<String> refused = new ArrayList<>();
    long count = 0;
    for (Problem problem :
        Stream.concat(task.training().stream(), task.heldOut().stream()).toList()) {
      Verdict verdict = verifier.verify(problem, verifier.goldResponse(problem));
      if (verdict instanceof Verdict.Scored scored && scored.reward() > 0.5) {
        continue;
      }
      count++;
      if (refused.size() < SHOWN) {
        refused.add(
            "%s (answer %s: %s)"
                .formatted(problem.question().id(), problem.key().text(), verdict.explanation()));
      }
    }
    if (count > 0) {
      throw new UserException(
          "the verifier %s does not accept the gold answers of %d %s of task %s: %s"
              .formatted(
                  verifierName,
                  count,
                  count == 1 ? "problem" : "problems",
                  taskName,
                  String.join("; ", refused)),
          "Choose another verifier (key 'verifier') or mend the answers.");
    }
  }
}
