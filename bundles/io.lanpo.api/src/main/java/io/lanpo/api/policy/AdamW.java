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
    double maxGradientNorm) {
  public AdamW {
    if (!(learningRate >= 0 && Double.isFinite(learningRate))
        || !(beta1 >= 0 && beta1 < 1)
        || !(beta2 >= 0 && beta2 < 1)
        || !(epsilon > 0)
        || !(weightDecay >= 0)
        || !(maxGradientNorm > 0)) {
      throw new IllegalArgumentException(
          ("learningRate >= 0, 0 <= beta1 < 1, 0 <= beta2 < 1, epsilon > 0, weightDecay >= 0,"
                  + " maxGradientNorm > 0; got %s, %s, %s, %s, %s, %s")
              .formatted(learningRate, beta1, beta2, epsilon, weightDecay, maxGradientNorm));
    }
  }
}
