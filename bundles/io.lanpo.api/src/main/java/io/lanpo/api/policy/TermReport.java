package io.lanpo.api.policy;

/**
 * What one loss term looked like in an update, before the weights moved. Means are over completion
 * tokens.
 *
 * @param loss value of the term
 * @param tokens completion tokens
 * @param entropy mean entropy of the distribution at temperature one, in nats
 * @param clippedShare share of tokens whose ratio was clipped; 0 for cross-entropy
 * @param kl mean k3 estimate of the KL divergence from the reference policy, in nats; 0 without one
 * @param ratio mean probability ratio ρ; 1 for cross-entropy
 * @param logProbGap mean |log ρ| over the tokens that came with a log-probability of their
 *     sampling, in nats: how far the two ways to compute it are apart, as long as the weights are
 *     those that sampled; 0 without such tokens
 * @param widestLogProbGap the greatest of these
 * @param clippedLowShare share of tokens whose ratio was clipped from below
 * @param clippedHighShare share of tokens whose ratio was clipped from above, by a dual clip, too
 */
public record TermReport(
    double loss,
    long tokens,
    double entropy,
    double clippedShare,
    double kl,
    double ratio,
    double logProbGap,
    double widestLogProbGap,
    double clippedLowShare,
    double clippedHighShare) {

  /** A report that does not tell the two ways of clipping apart. */
  public TermReport(
      double loss,
      long tokens,
      double entropy,
      double clippedShare,
      double kl,
      double ratio,
      double logProbGap,
      double widestLogProbGap) {
    this(loss, tokens, entropy, clippedShare, kl, ratio, logProbGap, widestLogProbGap, 0, 0);
  }

  /** A report that does not tell how far sampling and update are apart. */
  public TermReport(
      double loss, long tokens, double entropy, double clippedShare, double kl, double ratio) {
    this(loss, tokens, entropy, clippedShare, kl, ratio, 0, 0);
  }
}
