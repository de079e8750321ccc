package io.lanpo.api.objective;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A completion and what the verifier thinks of it.
 *
 * @param mode the feedback that its prompt carries in fact
 * @param lessons the lessons in its prompt
 * @param prompt {@code [P]} the prompt's tokens, feedback included
 * @param tokens {@code [T]} the completion's tokens, the end included; may be empty
 * @param samplingLogProbs {@code [T]} log-probabilities in nats with which they were sampled
 * @param finished whether an end was reached within the allowed length
 * @param allowed the most tokens that it could have had, the end included
 * @param solution the solution within it: of a review the refined one; empty when there is none
 * @param reward empty when the verifier gave no score: such a completion takes no part
 * @param accepted whether the verifier accepts it as right in every way
 * @param explanation why the verifier thinks so
 */
public record JudgedCompletion(
    FeedbackMode mode,
    List<Lesson> lessons,
    int[] prompt,
    int[] tokens,
    float[] samplingLogProbs,
    boolean finished,
    int allowed,
    Optional<String> solution,
    OptionalDouble reward,
    boolean accepted,
    Explanation explanation) {
  public JudgedCompletion {
    lessons = List.copyOf(lessons);
  }

  /** A completion whose length had no limit. */
  public JudgedCompletion(
      FeedbackMode mode,
      List<Lesson> lessons,
      int[] prompt,
      int[] tokens,
      float[] samplingLogProbs,
      boolean finished,
      Optional<String> solution,
      OptionalDouble reward,
      boolean accepted,
      Explanation explanation) {
    this(
        mode,
        lessons,
        prompt,
        tokens,
        samplingLogProbs,
        finished,
        Integer.MAX_VALUE,
        solution,
        reward,
        accepted,
        explanation);
  }

  /** The same with another reward. */
  public JudgedCompletion withReward(double other) {
    return new JudgedCompletion(
        mode,
        lessons,
        prompt,
        tokens,
        samplingLogProbs,
        finished,
        allowed,
        solution,
        OptionalDouble.of(other),
        accepted,
        explanation);
  }

  /** Whether there is language feedback in its prompt. */
  public boolean withFeedback() {
    return mode != FeedbackMode.SCRATCH;
  }
}
