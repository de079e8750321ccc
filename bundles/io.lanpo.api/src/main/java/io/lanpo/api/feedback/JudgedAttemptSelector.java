package io.lanpo.api.feedback;

import io.lanpo.api.component.Settings;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An attempt selector that is told which attempts of the step were right, for methods in which only
 * what failed is reviewed. A review that it chooses an attempt for is no longer agnostic of
 * rewards: that there is a review at all gives a verdict away. So it is a type of its own, a run's
 * {@code manifest.json} says {@code sees = verdicts} of it, and an ordinary selector is never told.
 * It learns whether an attempt was accepted and nothing else: no reward, explanation or answer.
 *
 * <p>It is registered as an {@link AttemptSelector}.
 */
@ConsumerType
public interface JudgedAttemptSelector extends AttemptSelector {
  @Override
  JudgedSelection open(Settings settings);

  /** Chooses in one run. What it says depends on its arguments alone. */
  @ConsumerType
  interface JudgedSelection extends Selection {
    /**
     * The attempt for a review.
     *
     * @param attempts what there is to choose from
     * @param judged this step's attempts at the question that the verifier scored, in the order in
     *     which they were sampled
     * @param question place of the question under review, from 0
     * @param turn counts the reviews of this question within the step, from 0
     * @param seed fixes what is random in the choice
     * @return its text, one of those that {@code attempts} or {@code judged} gave for this review:
     *     any other is refused; empty when there is none to show: the question is posed plainly
     */
    Optional<String> choose(
        Attempts attempts, List<JudgedAttempt> judged, int question, int turn, long seed);

    /** As if nothing had been scored. */
    @Override
    default Optional<String> choose(Attempts attempts, int question, int turn, long seed) {
      return choose(attempts, List.of(), question, turn, seed);
    }
  }
}
