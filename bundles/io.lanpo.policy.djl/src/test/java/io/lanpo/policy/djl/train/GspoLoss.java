package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * GSPO (arXiv 2507.18071, eq. 5 to 7): one ratio for a sequence, the geometric mean of its tokens',
 * and clipping of whole sequences; with the k3 penalty of GRPO.
 *
 * <pre>
 * s = exp(mean_t(log p − log p_sampling))
 * loss = Σ scale · ( −min(s·A, clip(s, 1−low, 1+high)·A) + kl · (exp(r) − r − 1) ),  r = log p_ref − log p
 * </pre>
 */
record GspoLoss(double low, double high, double kl) implements TokenLoss {
  @Override
  public List<Outcome> of(List<TrainingExample> examples, List<float[]> logProbs) {
    List<Outcome> outcomes = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      outcomes.add(of(examples.get(i), logProbs.get(i)));
    }
    return outcomes;
  }

  private Outcome of(TrainingExample example, float[] logProbs) {
    int length = logProbs.length;
    float[] scale = example.scale();
    double gap = 0;
    double weight = 0;
    for (int t = 0; t < length; t++) {
      gap += (double) logProbs[t] - example.samplingLogProbs()[t];
      weight += scale[t];
    }
    double ratio = Math.exp(gap / length);
    double advantage = example.advantages()[0];
    boolean clippedHigh = advantage > 0 && ratio > 1 + high;
    boolean clippedLow = advantage < 0 && ratio < 1 - low;
    double bounded = Math.min(Math.max(ratio, 1 - low), 1 + high);
    double loss = -weight * (clippedHigh || clippedLow ? bounded : ratio) * advantage;
    float[] slopes = new float[length];
    if (!clippedHigh && !clippedLow) {
      Arrays.fill(slopes, (float) (-weight * ratio * advantage / length));
    }
    for (int t = 0; t < length && kl > 0; t++) {
      double r = (double) example.referenceLogProbs()[t] - logProbs[t];
      loss += scale[t] * kl * (Math.exp(r) - r - 1);
      slopes[t] += (float) (scale[t] * kl * (1 - Math.exp(r)));
    }
    return new Outcome(loss, slopes, clippedLow ? length : 0, clippedHigh ? length : 0);
  }
}
