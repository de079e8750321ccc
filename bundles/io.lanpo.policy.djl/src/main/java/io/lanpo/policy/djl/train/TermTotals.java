package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.TermReport;

/** Sums up the figures of a loss term's tokens. */
final class TermTotals {
  private long tokens;
  private double loss;
  private double entropy;
  private double clipped;
  private double kl;
  private double ratio;

  /**
   * Adds a run of tokens of a report.
   *
   * @param report {@code [5, M]} loss, entropy, clipped, k3, ratio
   * @param all {@code M}
   * @param from the first token
   * @param length how many
   */
  void add(float[] report, int all, int from, int length) {
    tokens += length;
    for (int i = from; i < from + length; i++) {
      loss += report[i];
      entropy += report[all + i];
      clipped += report[2 * all + i];
      kl += report[3 * all + i];
      ratio += report[4 * all + i];
    }
  }

  TermReport report() {
    double n = tokens;
    return new TermReport(loss, tokens, entropy / n, clipped / n, kl / n, ratio / n);
  }
}
