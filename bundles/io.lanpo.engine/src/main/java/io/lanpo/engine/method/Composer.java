package io.lanpo.engine.method;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes prompts from questions, attempts and lessons. Neither rewards nor answers reach this
 * class.
 *
 * <p>A strategy that fails costs its feedback and no more: the question is posed plainly and the
 * failure counted.
 */
final class Composer {
  private static final Logger LOG = LoggerFactory.getLogger(Composer.class);

  private final Task task;
  private final ReflectionStrategy reflection;
  private final AbstractionStrategy abstraction;
  private int failures;

  Composer(Task task, ReflectionStrategy reflection, AbstractionStrategy abstraction) {
    this.task = task;
    this.reflection = reflection;
    this.abstraction = abstraction;
  }

  /** The plain question. */
  Posed scratch(Question question) {
    return new Posed(FeedbackMode.SCRATCH, false, task.pose(question), List.of());
  }

  /** The question with an attempt to review; plain when there is none or it cannot be reviewed. */
  Posed reflect(Question question, Optional<Attempt> attempt) {
    Optional<Prompt> prompt =
        attempt.flatMap(
            a -> guarded("reflection", () -> reflection.reflect(question, a), Optional.empty()));
    return prompt
        .map(p -> new Posed(FeedbackMode.REFLECT, false, p, List.of()))
        .orElseGet(() -> plainInstead(question));
  }

  /** The question with lessons; plain when there are none. */
  Posed abstraction(Question question, List<Lesson> lessons) {
    if (lessons.isEmpty()) {
      return plainInstead(question);
    }
    Optional<Prompt> prompt =
        guarded(
            "abstraction",
            () -> Optional.of(abstraction.apply(question, lessons)),
            Optional.empty());
    return prompt
        .map(p -> new Posed(FeedbackMode.ABSTRACT, false, p, lessons))
        .orElseGet(() -> plainInstead(question));
  }

  /** The solution within a completion: of a review its refined solution, otherwise all of it. */
  Optional<String> solution(FeedbackMode mode, String completion) {
    return mode == FeedbackMode.REFLECT
        ? guarded("reflection", () -> reflection.solution(completion), Optional.empty())
        : Optional.of(completion);
  }

  /** Failures of strategies since the last call. */
  int takeFailures() {
    int count = failures;
    failures = 0;
    return count;
  }

  private Posed plainInstead(Question question) {
    return new Posed(FeedbackMode.SCRATCH, true, task.pose(question), List.of());
  }

  private <T> T guarded(String kind, Supplier<T> call, T otherwise) {
    try {
      T result = call.get();
      if (result != null) {
        return result;
      }
      LOG.warn("the {} strategy returned null", kind);
    } catch (RuntimeException e) {
      LOG.warn("the {} strategy failed", kind, e);
    }
    failures++;
    return otherwise;
  }
}
