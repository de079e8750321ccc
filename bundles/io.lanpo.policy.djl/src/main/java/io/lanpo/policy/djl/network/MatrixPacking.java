package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.WeightPlan;

/** From how many rows on decoding multiplies with matrices in a packed layout of oneDNN. */
public final class MatrixPacking {
  /** Rows for which packing small matrices pays. */
  public static final int MIN_ROWS = 16;

  private MatrixPacking() {}

  /**
   * Rows from which on matrices are packed: any number for large weights, which come quicker from
   * memory that way, and with adapters, whose merged matrices are copies in any case.
   */
  public static int minRows(WeightPlan plan, LoraConfig lora) {
    return lora.enabled() || plan.large() ? 1 : MIN_ROWS;
  }
}
