package io.lanpo.api.policy;

/**
 * AdamW (arXiv 1711.05101) with clipping of the global gradient norm.
 *
 * @param learningRate step size of this update
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the denominator
 * @param weightDecay decoupled weight decay
 * @param maxGradientNorm gradients are scaled down to this global norm; {@code POSITIVE_INFINITY}
 *     for no clipping
 */
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double maxGradientNorm) {}
