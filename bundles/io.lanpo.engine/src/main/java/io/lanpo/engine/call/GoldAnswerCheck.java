package io.lanpo.engine.call;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 */
public record GoldAnswerCheck(Verifier verifier) {
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
      if (verifier.accepts(verdict)) {
        return Optional.empty();
      }
      reason =
          gold.text().isBlank()
              ? "the key holds no answer that could be checked"
              : verdict.explanation();
    } catch (RuntimeException | LinkageError e) { // a verifier is a plug-in
      reason = "the verifier threw " + e;
    }
    String key = problem.key().text();
    String answer = key.length() > LONGEST_ANSWER ? key.substring(0, LONGEST_ANSWER) + "…" : key;
    return Optional.of(new Refusal(problem.question().id(), answer, reason));
  }

  /**
   * The task without some of its problems.
   *
   * @param ids the problems to leave out
   */
  public static Task without(Task task, Set<String> ids) {
    return ids.isEmpty()
        ? task
        : new PartOfTask(kept(task.training(), ids), kept(task.heldOut(), ids), task);
  }

  private static List<Problem> kept(List<Problem> problems, Set<String> ids) {
    return problems.stream().filter(p -> !ids.contains(p.question().id())).toList();
  }

  private record PartOfTask(List<Problem> training, List<Problem> heldOut, Task whole)
      implements Task {
    @Override
    public Prompt pose(Question question) {
      return whole.pose(question);
    }

    @Override
    public Optional<Curriculum> curriculum() {
      return whole.curriculum();
    }
  }
}
