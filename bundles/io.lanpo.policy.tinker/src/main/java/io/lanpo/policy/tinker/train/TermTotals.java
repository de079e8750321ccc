package io.lanpo.policy.tinker.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TokenLoss;

/**
 * Sums up the figures of a loss term's tokens, from the log-probabilities that the server found.
 */
final class TermTotals {
  private long tokens;
  private double loss;
  private double surprise;
  private long clippedLow;
  private long clippedHigh;
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
    TokenLoss.Outcome outcome = item.outcome();
    tokens += logProbs.length;
    for (int i = 0; i < logProbs.length; i++) {
      double rho =
          item.sampling().length == 0 ? 1 : Math.exp((double) logProbs[i] - item.sampling()[i]);
      ratio += rho;
      surprise -= logProbs[i];
      if (item.example().samplingLogProbs().length > 0 && item.sampling().length > 0) {
        double distance = Math.abs((double) logProbs[i] - item.sampling()[i]);
        sampled++;
        gap += distance;
        widestGap = Math.max(widestGap, distance);
      }
      if (outcome == null) {
        double own = own(item, i, logProbs[i], rho);
        loss += losses.length == 0 ? own : losses[i] / item.factor();
      }
    }
    if (outcome != null) {
      loss += outcome.loss();
      clippedLow += outcome.clippedLow();
      clippedHigh += outcome.clippedHigh();
    }
  }

  /** A token's loss; counts it where it is clipped. */
  private double own(UpdatePlan.Item item, int i, double logProb, double rho) {
    double scale = item.example().scale()[i];
    if (!(item.loss() instanceof Loss.ClippedSurrogate surrogate)) {
      return -scale * logProb;
    }
    double advantage = item.example().advantages()[i];
    double bounded = Math.min(Math.max(rho, 1 - surrogate.clipLow()), 1 + surrogate.clipHigh());
    boolean weighs = surrogate.form() == Loss.SurrogateForm.CISPO;
    if (weighs ? bounded != rho && advantage != 0 : bounded * advantage < rho * advantage) {
      clippedHigh += rho > bounded ? 1 : 0;
      clippedLow += rho > bounded ? 0 : 1;
    }
    return weighs
        ? -scale * bounded * advantage * logProb
        : -scale * Math.min(rho * advantage, bounded * advantage);
  }

  TermReport report() {
    double n = tokens;
    return new TermReport(
        loss,
        tokens,
        surprise / n,
        (clippedLow + clippedHigh) / n,
        0,
        ratio / n,
        sampled == 0 ? 0 : gap / sampled,
        widestGap,
        clippedLow / n,
        clippedHigh / n);
  }
}
