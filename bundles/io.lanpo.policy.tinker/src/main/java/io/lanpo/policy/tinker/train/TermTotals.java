package io.lanpo.policy.tinker.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.TermReport;

/**
 * Sums up the figures of a loss term's tokens, from the log-probabilities that the server found.
 */
final class TermTotals {
  private long tokens;
  private double loss;
  private double surprise;
  private double clipped;
  private double ratio;
  private long sampled;
  private double gap;
  private double widestGap;

  /**
   * Adds a sequence.
   *
   * @param logProbs {@code [T]} before the update
   * @param losses {@code [T]} the server's, or empty where it does not tell
   */
  void add(UpdatePlan.Item item, float[] logProbs, float[] losses) {
    float[] scale = item.example().scale();
    tokens += logProbs.length;
    for (int i = 0; i < logProbs.length; i++) {
      double own;
      if (item.loss() instanceof Loss.ClippedSurrogate surrogate) {
        double rho = Math.exp((double) logProbs[i] - item.sampling()[i]);
        double advantage = item.example().advantages()[i];
        double bounded = Math.min(Math.max(rho, 1 - surrogate.clipLow()), 1 + surrogate.clipHigh());
        ratio += rho;
        if (item.example().samplingLogProbs().length > 0) {
          double distance = Math.abs((double) logProbs[i] - item.sampling()[i]);
          sampled++;
          gap += distance;
          widestGap = Math.max(widestGap, distance);
        }
        clipped += bounded * advantage < rho * advantage ? 1 : 0;
        own = -scale[i] * Math.min(rho * advantage, bounded * advantage);
      } else {
        ratio += 1;
        own = -scale[i] * logProbs[i];
      }
      loss += losses.length == 0 ? own : losses[i] / item.factor();
      surprise -= logProbs[i];
    }
  }

  TermReport report() {
    double n = tokens;
    double mean = sampled == 0 ? 0 : gap / sampled;
    return new TermReport(loss, tokens, surprise / n, clipped / n, 0, ratio / n, mean, widestGap);
  }
}
