package io.lanpo.api.feedback;

import io.lanpo.api.task.Prompt;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An abstraction that distils from a group: what tells the attempts that were right from those that
 * were not. A run asks it once for each problem of a step, and not about single attempts.
 */
@ConsumerType
public interface GroupAbstraction extends AbstractionStrategy {
  /**
   * The prompt under which the policy writes a lesson about a group. What it writes counts as a
   * principle.
   *
   * @param group the judged attempts at one problem in a random order that the run's seed fixes; at
   *     least one
   * @return empty when nothing can be learned from this group
   */
  Optional<Prompt> distil(List<JudgedAttempt> group);

  /** Nothing: an attempt alone is compared with none. */
  @Override
  default Optional<Prompt> distil(JudgedAttempt attempt) {
    return Optional.empty();
  }
}
