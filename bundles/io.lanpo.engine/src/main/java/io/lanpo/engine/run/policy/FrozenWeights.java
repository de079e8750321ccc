package io.lanpo.engine.run.policy;

import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights that stay as they are, and score.
 *
 * @param scorer scores with them
 * @param opened what was opened for that; null where the policy under training has them in memory
 */
record FrozenWeights(Scorer scorer, @Nullable Policy opened) implements Scorer, AutoCloseable {
  /** Those of a policy that was opened for that. */
  static FrozenWeights of(Policy opened) {
    opened.resetOptimizer();
    return new FrozenWeights(opened, opened);
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    return scorer.logProbs(sequences, temperature);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
