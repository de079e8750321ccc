package io.lanpo.api.feedback;

import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reward-agnostic reflection: shows the policy its own earlier attempt, has it critique the attempt
 * step by step and write a refined solution. The run chooses the attempt ({@code attempts}: of the
 * same step, from the pool, or another problem's as a blind control); a strategy is told neither
 * its verdict nor the answer. A strategy throws plain exceptions; the run records them with the
 * sample.
 */
@ConsumerType
public interface ReflectionStrategy {
  /**
   * The prompt for a review of an attempt.
   *
   * @param question the question at hand
   * @param attempt the policy's earlier attempt
   * @return empty when the attempt cannot be reviewed, e.g. because it is empty; the prompt is then
   *     posed plainly
   */
  Optional<Prompt> reflect(Question question, Attempt attempt);

  /**
   * The refined solution within a review.
   *
   * @param review what the policy wrote after {@link #reflect}
   * @return empty when the review contains no solution
   */
  Optional<String> solution(String review);
}
