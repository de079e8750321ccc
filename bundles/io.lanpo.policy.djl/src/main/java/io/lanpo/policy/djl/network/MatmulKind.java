package io.lanpo.policy.djl.network;

/** How matrices are multiplied. */
public enum MatmulKind {
  /** In single precision by oneDNN, which PyTorch offers on CPUs. */
  ONEDNN,
  /** In single precision by what PyTorch takes by itself. */
  SINGLE,
  /**
   * With factors rounded to bf16 and sums in single precision; weights, moments and everything else
   * stay single.
   */
  HALF
}
