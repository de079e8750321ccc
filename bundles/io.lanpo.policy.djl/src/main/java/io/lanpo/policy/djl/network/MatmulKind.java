package io.lanpo.policy.djl.network;

/** How matrices are multiplied. */
public enum MatmulKind {
  /** In single precision by oneDNN, which PyTorch offers on CPUs. */
  ONEDNN,
  /** In single precision by what PyTorch takes by itself. */
  SINGLE,
  /**
   * In bf16 by what PyTorch takes by itself: weights of products, activations between them, keys,
   * values and attention are rounded; weights as they are trained, moments, residuals, norms,
   * losses and the sums within a product stay single.
   */
  HALF,
  /** The same by oneDNN, with matrices in its own layout for decoding. */
  HALF_ONEDNN,
  /** The same on a processor with AMX, where decoding waits for memory and not for products. */
  HALF_AMX;

  boolean half() {
    return this == HALF || halfByOneDnn();
  }

  /** Whether bf16 is multiplied by oneDNN, which not every processor lets it do. */
  public boolean halfByOneDnn() {
    return this == HALF_ONEDNN || this == HALF_AMX;
  }
}
