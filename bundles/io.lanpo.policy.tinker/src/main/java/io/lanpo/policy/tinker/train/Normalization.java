package io.lanpo.policy.tinker.train;

/**
 * What a server makes of the losses of tokens. Our losses come with a scale for each token, so the
 * two differ in the factor by which an advantage has to be multiplied beforehand.
 */
public enum Normalization {
  /**
   * {@code 1/N · Σ_i (Σ_t w_it l_it / Σ_t w_it)} over the {@code N} sequences of an optimiser step:
   * SkyRL's backend for JAX.
   */
  SEQUENCE_MEAN {
    @Override
    double factor(int tokens, int sequences) {
      return (double) tokens * sequences;
    }
  },

  /** {@code Σ_i Σ_t w_it l_it}: the protocol itself. */
  SUM {
    @Override
    double factor(int tokens, int sequences) {
      return 1;
    }
  };

  /**
   * By what a token's loss must be multiplied so that it counts once.
   *
   * @param tokens tokens of its sequence that have weight one
   * @param sequences sequences of the optimiser step
   */
  abstract double factor(int tokens, int sequences);
}
