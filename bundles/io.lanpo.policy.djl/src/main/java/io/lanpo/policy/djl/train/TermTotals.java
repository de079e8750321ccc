package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TokenLoss;
import org.apache.commons.math3.util.FastMath;

/** Sums up the figures of a loss term's tokens. */
final class TermTotals {
  private long tokens;
  private double loss;
  private double entropy;
  private long clippedLow;
  private long clippedHigh;
  private double kl;
  private double ratio;
  private long sampled;
  private double gap;
  private double widestGap;

  /**
   * Adds an example, which is a run of tokens of a report.
   *
   * @param report {@code [5, M]} loss, entropy, clipped, k3, ratio
   * @param all {@code M}
   * @param from the first token
   */
  void add(Item item, float[] report, int all, int from) {
    int length = item.length();
    TokenLoss.Outcome outcome = item.outcome();
    tokens += length;
    for (int i = from; i < from + length; i++) {
      loss += outcome == null ? report[i] : 0;
      entropy += report[all + i];
      if (report[2 * all + i] > 0) {
        clippedHigh += report[4 * all + i] > 1 ? 1 : 0;
        clippedLow += report[4 * all + i] > 1 ? 0 : 1;
      }
      kl += report[3 * all + i];
      ratio += report[4 * all + i];
      if (item.sampled()) {
        double distance = FastMath.abs(FastMath.log(report[4 * all + i]));
        sampled++;
        gap += distance;
        widestGap = FastMath.max(widestGap, distance);
      }
    }
    if (outcome != null) {
      loss += outcome.loss();
      clippedLow += outcome.clippedLow();
      clippedHigh += outcome.clippedHigh();
    }
  }

  TermReport report() {
    double n = tokens;
    return new TermReport(
        loss,
        tokens,
        entropy / n,
        (clippedLow + clippedHigh) / n,
        kl / n,
        ratio / n,
        sampled == 0 ? 0 : gap / sampled,
        widestGap,
        clippedLow / n,
        clippedHigh / n);
  }
}
