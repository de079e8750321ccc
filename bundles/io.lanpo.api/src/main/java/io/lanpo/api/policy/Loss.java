package io.lanpo.api.policy;

/** What a policy minimises. Sums run over the completion tokens of all examples of a term. */
public sealed interface Loss {
  /** Supervised learning: {@code Σ scale · −log p}. */
  record CrossEntropy() implements Loss {}

  /**
   * The clipped surrogate of PPO (arXiv 1707.06347, eq. 7) with separate bounds (clip-higher, arXiv
   * 2503.14476) and a KL penalty by the k3 estimator (GRPO, arXiv 2402.03300, eq. 4):
   *
   * <pre>
   * ρ = exp(log p − log p_sampling)
   * loss = Σ scale · ( −min(ρ·A, clip(ρ, 1−clipLow, 1+clipHigh)·A) + kl · (exp(r) − r − 1) ),  r = log p_ref − log p
   * </pre>
   *
   * @param clipLow how far below one the ratio counts, 0 to 1
   * @param clipHigh how far above one the ratio counts, at least 0
   * @param klCoefficient weight of the KL penalty, at least 0; above 0 every example needs
   *     reference log-probabilities
   * @param temperature the sampling temperature; logits are divided by it, so that the ratio is one
   *     before the first update
   */
  record ClippedSurrogate(double clipLow, double clipHigh, double klCoefficient, double temperature)
      implements Loss {
    public ClippedSurrogate {
      if (!(clipLow >= 0 && clipLow <= 1)
          || !(clipHigh >= 0)
          || !(klCoefficient >= 0)
          || !(temperature > 0)) {
        throw new IllegalArgumentException(
            "0 <= clipLow <= 1, clipHigh >= 0, klCoefficient >= 0, temperature > 0; got %s, %s, %s, %s"
                .formatted(clipLow, clipHigh, klCoefficient, temperature));
      }
    }
  }
}
