package io.lanpo.api.policy;

/**
 * What one loss term looked like in an update, before the weights moved. Means are over completion
 * tokens.
 *
 * @param loss value of the term
 * @param tokens completion tokens
 * @param entropy mean entropy of the distribution at temperature one, in nats
 * @param clippedShare share of tokens whose surrogate was clipped; 0 for cross-entropy
 * @param kl mean k3 estimate of the KL divergence from the reference policy, in nats; 0 without one
 * @param ratio mean probability ratio ρ; 1 for cross-entropy
 */
public record TermReport(
    double loss, long tokens, double entropy, double clippedShare, double kl, double ratio) {}
