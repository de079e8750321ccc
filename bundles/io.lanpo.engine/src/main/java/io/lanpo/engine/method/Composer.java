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

/**
 * Composes prompts from questions, attempts and lessons. Neither rewards nor answers reach this
 * class.
 *
 * <p>A strategy that fails costs its feedback and no more: the question is posed plainly and the
 * failure counted.
 */
final class Composer {
  static final String REFLECTION = "reflection strategy";
  static final String ABSTRACTION = "abstraction strategy";

  private final Task task;
  private final ReflectionStrategy reflection;
  private final AbstractionStrategy abstraction;
  private final Guard guard;

  /**
   * @param guard calls the strategies
   */
  Composer(Task task, ReflectionStrategy reflection, AbstractionStrategy abstraction, Guard guard) {
    this.task = task;
    this.reflection = reflection;
    this.abstraction = abstraction;
    this.guard = guard;
  }

  /** The plain question. */
  Posed scratch(Question question) {
    return new Posed(FeedbackMode.SCRATCH, false, task.pose(question), List.of());
  }

  /** The question with an attempt to review; plain when there is none or it cannot be reviewed. */
  Posed reflect(Question question, Optional<Attempt> attempt) {
    Optional<Prompt> prompt =
        attempt.flatMap(
            a ->
                guard.call(
                    REFLECTION, () -> reflection.reflect(question, a), why -> Optional.empty()));
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
        guard.call(
            ABSTRACTION,
            () -> Optional.ofNullable(abstraction.apply(question, lessons)),
            why -> Optional.empty());
    return prompt
        .map(p -> new Posed(FeedbackMode.ABSTRACT, false, p, lessons))
        .orElseGet(() -> plainInstead(question));
  }

  /** The solution within a completion: of a review its refined solution, otherwise all of it. */
  Optional<String> solution(FeedbackMode mode, String completion) {
    return mode == FeedbackMode.REFLECT
        ? guard.call(REFLECTION, () -> reflection.solution(completion), why -> Optional.empty())
        : Optional.of(completion);
  }

  private Posed plainInstead(Question question) {
    return new Posed(FeedbackMode.SCRATCH, true, task.pose(question), List.of());
  }
}
