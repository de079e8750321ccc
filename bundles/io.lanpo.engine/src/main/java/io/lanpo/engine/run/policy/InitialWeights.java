package io.lanpo.engine.run.policy;

import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights from before the first step, which score.
 *
 * @param scorer scores with them
 * @param opened what was opened for that; null where the policy under training has them in memory
 */
public record InitialWeights(Scorer scorer, @Nullable Policy opened)
    implements Scorer, AutoCloseable {
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
