package io.lanpo.libs.objective;

import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.FastMath;

/**
 * The clipped surrogate with one ratio for a whole completion (GSPO, arXiv 2507.18071, eq. 5 to 7):
 *
 * <pre>
 * s = exp( mean over tokens of log p − log p_sampling )
 * loss = Σ scale · −min(s·A, clip(s, 1−clipLow, 1+clipHigh)·A)
 * slope by each token's log p: −s·A·(Σ scale) / T, and 0 where it is clipped
 * </pre>
 *
 * @param clipLow how far below one the ratio counts
 * @param clipHigh how far above one the ratio counts
 */
public record SequenceRatio(double clipLow, double clipHigh) implements TokenLoss {
  @Override
  public List<Outcome> of(List<TrainingExample> examples, List<float[]> logProbs) {
    List<Outcome> outcomes = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      outcomes.add(of(examples.get(i), logProbs.get(i)));
    }
    return outcomes;
  }

  private Outcome of(TrainingExample example, float[] now) {
    int length = now.length;
    double difference = 0;
    double advantage = 0;
    double scale = 0;
    for (int t = 0; t < length; t++) {
      difference +=
          example.samplingLogProbs().length == 0
              ? 0
              : (double) now[t] - example.samplingLogProbs()[t];
      advantage += example.advantages()[t];
      scale += example.scale()[t];
    }
    advantage /= length;
    double ratio = FastMath.exp(difference / length);
    boolean low = advantage < 0 && ratio < 1 - clipLow;
    boolean high = advantage > 0 && ratio > 1 + clipHigh;
    double counted = low ? 1 - clipLow : high ? 1 + clipHigh : ratio;
    float[] slopes = new float[length];
    if (!low && !high) {
      Arrays.fill(slopes, (float) (-ratio * advantage * scale / length));
    }
    return new Outcome(-counted * advantage * scale, slopes, low ? length : 0, high ? length : 0);
  }
}
