package io.lanpo.engine.call;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A verifier must accept a task's own gold answers; otherwise the reward would teach its mistakes.
 * Problems are judged in parallel, as a verifier may take long.
 *
 * @param verifier the verifier of the run
 * @param unanswered whether a key passes that holds no answer, only what tells a right one from a
 *     wrong one
 */
public record GoldAnswerCheck(Verifier verifier, boolean unanswered) {
  private static final int LONGEST_ANSWER = 200;

  /**
   * A problem whose gold answer is not accepted.
   *
   * @param problem its id
   * @param answer its key, cut
   * @param reason the verdict's reason
   */
  public record Refusal(String problem, String answer, String reason) {
    @Override
    public String toString() {
      return "%s (answer %s: %s)".formatted(problem, answer, reason);
    }
  }

  /**
   * Checks every problem of a task.
   *
   * @return the problems that fail, in the order of the task
   * @throws UserException when the thread is interrupted
   */
  public List<Refusal> refusals(Task task) {
    List<Callable<Optional<Refusal>>> work = new ArrayList<>();
    Stream.concat(task.training().stream(), task.heldOut().stream())
        .distinct()
        .forEach(problem -> work.add(() -> refusal(problem)));
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Refusal> refusals = new ArrayList<>();
      for (Future<Optional<Refusal>> checked : pool.invokeAll(work)) {
        checked.get().ifPresent(refusals::add);
      }
      return refusals;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("the check of the gold answers was interrupted", "", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Optional<Refusal> refusal(Problem problem) {
    String reason;
    try {
      Response gold = verifier.goldResponse(problem);
      Verdict verdict = verifier.verify(problem, gold);
      boolean blank = gold.text().isBlank();
      if (verifier.accepts(verdict) || unanswered && blank && verdict instanceof Verdict.Scored) {
        return Optional.empty();
      }
      reason = blank ? "the key holds no answer that could be checked" : verdict.explanation();
    } catch (RuntimeException | LinkageError e) { // a verifier is a plug-in
      reason = "the verifier threw " + e;
    }
    String key = problem.key().text();
    String answer = key.length() > LONGEST_ANSWER ? key.substring(0, LONGEST_ANSWER) + "…" : key;
    return Optional.of(new Refusal(problem.question().id(), answer, reason));
  }
}
