package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.PartOfTask;
import io.lanpo.engine.config.RunSettings.Contaminated;
import io.lanpo.engine.run.folder.Contamination;
import io.lanpo.libs.question.NearDuplicates;
import io.lanpo.libs.question.Wording;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds problems to learn from that an evaluation would ask again: it would measure memory. They
 * are left out of training and not of the held-out ones, whose figures are to be compared.
 *
 * @param answer what becomes of them
 */
record ContaminationCheck(Contaminated answer) {
  /**
   * Least share of the shorter text's words, and of the words of both, that both have. What
   * withholds a lesson may be wrong now and then; here it would take problems away, and formulas
   * share their letters and small numbers by accident.
   */
  private static final double SHARED = 0.6;

  /** Shorter texts, such as formulas, are told apart by their wording alone. */
  private static final int FEWEST_WORDS = 8;

  /**
   * A task without what is left out, and what was found.
   *
   * @param task the task that remains
   * @param found counts and examples
   */
  record Outcome(Task task, Contamination found) {}

  /**
   * Checks a task.
   *
   * @throws UserException when a run with such problems is to be refused, or nothing would be left
   */
  Outcome check(Task task) {
    Set<Problem> training = new LinkedHashSet<>(task.training());
    Set<Problem> exact = new HashSet<>();
    Set<Problem> near = new HashSet<>();
    String exactExample = "";
    String nearExample = "";
    Twins twins = new Twins(task.heldOut());
    for (Problem problem : training) {
      Optional<Question> twin = twins.exact(problem.question());
      if (twin.isPresent()) {
        exact.add(problem);
        exactExample = exactExample.isEmpty() ? pair(problem, twin.get()) : exactExample;
        continue;
      }
      twin = twins.near(problem.question());
      if (twin.isPresent()) {
        near.add(problem);
        nearExample = nearExample.isEmpty() ? pair(problem, twin.get()) : nearExample;
      }
    }
    Set<Problem> out = new HashSet<>();
    if (answer == Contaminated.DROP_EXACT || answer == Contaminated.DROP_NEAR) {
      out.addAll(exact);
    }
    if (answer == Contaminated.DROP_NEAR) {
      out.addAll(near);
    }
    boolean noneLeft = !out.isEmpty() && out.size() == training.size();
    if (answer == Contaminated.REFUSE && !exact.isEmpty()) {
      throw refusal(exact.size(), training.size(), exactExample, "drop-exact or keep");
    }
    if (noneLeft) {
      throw refusal(
          out.size(), training.size(), exact.isEmpty() ? nearExample : exactExample, "keep");
    }
    return new Outcome(
        PartOfTask.without(task, out),
        new Contamination(exact.size(), near.size(), out.size(), exactExample, nearExample));
  }

  private static UserException refusal(int found, int all, String example, String instead) {
    return new UserException(
        "%d of %d training problems are held-out ones, too (%s): evaluation would measure memory"
            .formatted(found, all, example),
        "Take other problems for evaluation, remove these, or set contamination to %s."
            .formatted(instead));
  }

  private static String pair(Problem problem, Question twin) {
    return "%s, %s".formatted(problem.question().id(), twin.id());
  }

  /** The held-out problems, to be looked up. */
  private static final class Twins {
    private final Map<Wording, Question> byWording = new HashMap<>();
    private final NearDuplicates duplicates = new NearDuplicates(SHARED);

    Twins(List<Problem> heldOut) {
      heldOut.forEach(p -> byWording.putIfAbsent(Wording.of(p.question().text()), p.question()));
      duplicates.index(
          heldOut.stream().map(Problem::question).filter(Twins::hasWords).distinct().toList());
    }

    private static boolean hasWords(Question question) {
      return Arrays.stream(Wording.of(question.text()).text().split(" "))
              .filter(word -> word.chars().anyMatch(Character::isLetter))
              .distinct()
              .count()
          >= FEWEST_WORDS;
    }

    Optional<Question> exact(Question question) {
      return Optional.ofNullable(byWording.get(Wording.of(question.text())));
    }

    /** The first by id, so that an example stays. */
    Optional<Question> near(Question question) {
      Wording wording = Wording.of(question.text());
      return hasWords(question)
          ? duplicates.of(question).stream()
              .filter(twin -> wording.shared(Wording.of(twin.text())) >= SHARED)
              .min(Comparator.comparing(Question::id))
          : Optional.empty();
    }
  }
}
