package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.TermReport;
import org.apache.commons.math3.util.FastMath;

/** Sums up the figures of a loss term's tokens. */
final class TermTotals {
  private long tokens;
  private double loss;
  private double entropy;
  private double clipped;
  private double kl;
  private double ratio;
  private long sampled;
  private double gap;
  private double widestGap;

  /**
   * Adds a run of tokens of a report.
   *
   * @param report {@code [5, M]} loss, entropy, clipped, k3, ratio
   * @param all {@code M}
   * @param from the first token
   * @param length how many
   * @param withSampling whether they came with log-probabilities of their sampling
   */
  void add(float[] report, int all, int from, int length, boolean withSampling) {
    tokens += length;
    for (int i = from; i < from + length; i++) {
      loss += report[i];
      entropy += report[all + i];
      clipped += report[2 * all + i];
      kl += report[3 * all + i];
      ratio += report[4 * all + i];
      if (withSampling) {
        double distance = FastMath.abs(FastMath.log(report[4 * all + i]));
        sampled++;
        gap += distance;
        widestGap = FastMath.max(widestGap, distance);
      }
    }
  }

  TermReport report() {
    double n = tokens;
    double mean = sampled == 0 ? 0 : gap / sampled;
    return new TermReport(
        loss, tokens, entropy / n, clipped / n, kl / n, ratio / n, mean, widestGap);
  }
}
