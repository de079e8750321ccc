package io.lanpo.engine.update;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.engine.generate.Randomness;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an objective may ask a run for.
 *
 * @param learner the policy under training
 * @param before the policy before the first step; null unless the objective needs it
 * @param demonstrations of the cold start; null when there are none, or the objective needs none
 * @param temperature of answers and reviews
 * @param stale whether completions are sampled before the update of the step before, or in another
 *     precision than the policy learns in
 * @param randomness the run's
 */
public record RunMeans(
    Policy learner,
    @Nullable Scorer before,
    @Nullable Demonstrations demonstrations,
    double temperature,
    boolean stale,
    Randomness randomness)
    implements Means {
  @Override
  public Tokenizer tokenizer() {
    return learner.tokenizer();
  }

  @Override
  public Scorer policy() {
    return learner;
  }

  @Override
  public Scorer reference() {
    if (before == null) {
      throw new IllegalStateException(
          "there is no reference policy: needsReference() has to say that it is needed");
    }
    return before;
  }

  @Override
  public boolean hasDemonstrations() {
    return demonstrations != null;
  }

  @Override
  public Sequence demonstration(RandomGenerator random) {
    if (demonstrations == null) {
      throw new IllegalStateException(
          "there are no demonstrations, or needsDemonstrations() does not say that they are needed");
    }
    return demonstrations.replay(random);
  }

  @Override
  public long seed(String purpose, long... position) {
    return randomness.seed(purpose, position);
  }
}
