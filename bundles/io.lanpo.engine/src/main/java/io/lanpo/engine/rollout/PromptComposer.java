package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.ComponentCalls;
import java.util.List;
import java.util.Optional;

/**
 * Composes prompts from questions, attempts and lessons. Neither rewards nor answers reach this
 * class.
 *
 * <p>A strategy that fails costs its feedback and no more: the question is posed plainly and the
 * failure counted.
 *
 * @param calls calls the strategies
 */
public record PromptComposer(
    Task task,
    ReflectionStrategy reflection,
    AbstractionStrategy abstraction,
    ComponentCalls calls) {
  /** The plain question. */
  public ComposedPrompt scratch(Question question) {
    return new ComposedPrompt(FeedbackMode.SCRATCH, false, task.pose(question), List.of());
  }

  /** The question with an attempt to review; plain when there is none or it cannot be reviewed. */
  public ComposedPrompt reflect(Question question, Optional<Attempt> attempt) {
    Optional<Prompt> prompt =
        attempt.flatMap(
            a ->
                calls.call(
                    ComponentCalls.REFLECTION,
                    () -> reflection.reflect(question, a),
                    why -> Optional.empty()));
    return prompt
        .map(p -> new ComposedPrompt(FeedbackMode.REFLECT, false, p, List.of()))
        .orElseGet(() -> plainInstead(question));
  }

  /** The question with lessons; plain when there are none. */
  public ComposedPrompt abstraction(Question question, List<Lesson> lessons) {
    if (lessons.isEmpty()) {
      return plainInstead(question);
    }
    Optional<Prompt> prompt =
        calls.call(
            ComponentCalls.ABSTRACTION,
            () -> Optional.ofNullable(abstraction.apply(question, lessons)),
            why -> Optional.empty());
    return prompt
        .map(p -> new ComposedPrompt(FeedbackMode.ABSTRACT, false, p, lessons))
        .orElseGet(() -> plainInstead(question));
  }

  /**
   * The question with a text that the policy condensed of lessons.
   *
   * @param lessons what it condensed
   */
  ComposedPrompt condensed(
      Question question, List<Lesson> lessons, AbstractionStrategy.Condensing by, String text) {
    return calls
        .call(
            ComponentCalls.ABSTRACTION,
            () -> Optional.ofNullable(by.apply(question, text)),
            why -> Optional.<Prompt>empty())
        .map(
            p ->
                new ComposedPrompt(
                    FeedbackMode.ABSTRACT, false, p, lessons, Optional.of(text), false))
        .orElseGet(() -> plainInstead(question));
  }

  /** The solution within a completion: of a review its refined solution, otherwise all of it. */
  public Optional<String> solution(FeedbackMode mode, String completion) {
    return mode == FeedbackMode.REFLECT
        ? calls.call(
            ComponentCalls.REFLECTION,
            () -> reflection.solution(completion),
            why -> Optional.empty())
        : Optional.of(completion);
  }

  private ComposedPrompt plainInstead(Question question) {
    return new ComposedPrompt(FeedbackMode.SCRATCH, true, task.pose(question), List.of());
  }
}
