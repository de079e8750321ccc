package io.lanpo.api.objective;

import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an objective may ask a run for while it is asked for updates, from any of its threads; the
 * policies are not to be asked after that.
 */
@ProviderType
public interface Means {
  /** The policy's tokenizer. */
  Tokenizer tokenizer();

  /** The temperature at which answers and reviews are sampled; above 0. */
  double temperature();

  /**
   * Whether other weights than the policy has now sampled the completions: older ones, or the same
   * ones in another precision.
   */
  boolean stale();

  /** Log-probabilities under the weights as they are when it is asked. */
  Scorer policy();

  /**
   * Log-probabilities under the policy before the first step, or as the objective has it
   * {@linkplain Objective.Learning#referenceRefresh renewed}.
   *
   * @throws IllegalStateException unless the objective {@linkplain
   *     Objective.Learning#needsReference says that it needs it}
   */
  Scorer reference();

  /** Whether the run has demonstrations. */
  boolean hasDemonstrations();

  /**
   * A demonstration of the cold start.
   *
   * @param random the only source of randomness
   * @throws IllegalStateException when there is none, or the objective does not {@linkplain
   *     Objective.Learning#needsDemonstrations say that it needs them}
   */
  Sequence demonstration(RandomGenerator random);

  /**
   * A seed for a purpose, derived from the run's: the same when a run is resumed.
   *
   * @param purpose what it is for, e.g. {@code mini-batches}
   * @param position where, e.g. step and epoch
   */
  long seed(String purpose, long... position);
}
