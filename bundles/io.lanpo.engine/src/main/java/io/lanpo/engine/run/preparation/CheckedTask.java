package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.GoldAnswerCheck;
import io.lanpo.engine.call.GoldAnswerCheck.Refusal;
import io.lanpo.engine.call.PartOfTask;
import io.lanpo.engine.config.RunSettings.GoldAnswers;
import io.lanpo.engine.run.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of a run, of which the verifier accepts every gold answer. Problems that fail the check
 * are listed; then the run is refused or goes on without them, as its configuration says. A run
 * that is resumed goes on with the problems that it began with.
 *
 * @param name the task's name
 * @param verifierName the verifier's name
 * @param verifier the verifier
 * @param answer what becomes of problems that fail
 */
record CheckedTask(String name, String verifierName, Verifier verifier, GoldAnswers answer) {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedTask.class);
  private static final int SHOWN = 5;

  /**
   * Checks the task.
   *
   * @param left where the problems are listed that a run leaves out; a run that has begun has it,
   *     or leaves none out
   * @param begun whether the run has begun
   * @param refused where they are listed when the run is refused
   * @throws UserException naming the first problems whose gold answer is not accepted
   */
  Task check(Task task, Path left, boolean begun, Path refused) {
    List<Refusal> before =
        begun && Files.exists(left) ? Json.lines(left, Refusal.class) : List.of();
    Task rest = PartOfTask.withoutIds(task, ids(before));
    List<Refusal> refusals =
        new GoldAnswerCheck(verifier, answer == GoldAnswers.DROP_WRONG).refusals(rest);
    if (refusals.isEmpty()) {
      return rest;
    }
    if (begun || answer == GoldAnswers.REFUSE) {
      write(refused, refusals);
      throw new UserException(
          sentence(refusals, refused),
          begun
              ? "The run began with these problems: bring back the answers or the verifier it had."
              : "Choose another verifier (key 'verifier'), fix the answers, or leave these problems"
                  + " out with gold-answers=drop.");
    }
    Task kept = PartOfTask.withoutIds(rest, ids(refusals));
    if (kept.training().isEmpty() || kept.heldOut().isEmpty() && !rest.heldOut().isEmpty()) {
      write(refused, refusals);
      throw new UserException(
          "%s; without them no problem is left to %s"
              .formatted(
                  sentence(refusals, refused),
                  kept.training().isEmpty() ? "learn from" : "evaluate with"),
          "Choose another verifier (key 'verifier') or fix the answers.");
    }
    write(left, refusals);
    LOG.warn("{}; the run goes on without them", sentence(refusals, left));
    return kept;
  }

  private String sentence(List<Refusal> refusals, Path list) {
    int count = refusals.size();
    String first =
        refusals.stream().limit(SHOWN).map(Refusal::toString).collect(Collectors.joining("; "));
    return "the verifier %s does not accept the gold answers of %d %s of task %s: %s%s; the list is %s"
        .formatted(
            verifierName,
            count,
            count == 1 ? "problem" : "problems",
            name,
            first,
            count > SHOWN ? "; …" : "",
            list);
  }

  private static Set<String> ids(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::problem).collect(Collectors.toSet());
  }

  private static void write(Path file, List<Refusal> refusals) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, refusals.stream().map(Json::line).toList());
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }
}
