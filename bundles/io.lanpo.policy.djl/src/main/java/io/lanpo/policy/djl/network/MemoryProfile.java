package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.WeightPlan;

/**
 * What a network does to take less memory.
 *
 * @param logitFloats most logits at a time, in floats
 * @param recomputeAttention whether an update computes attention's probabilities again instead of
 *     keeping them
 * @param oneBatch whether an update works on one batch at a time, whose operations have the threads
 *     of all workers, and gives its gradient back; otherwise each worker has a batch and a gradient
 */
public record MemoryProfile(int logitFloats, boolean recomputeAttention, boolean oneBatch) {
  /** Most logits at a time: 32 MB. Fewer would have the head's gradient added up too often. */
  private static final int LOGIT_FLOATS = 1 << 23;

  /**
   * How many pieces of logits have their gradients gathered, in half precision, for one product
   * that is added to the gradient of the head.
   */
  static final int GATHERED = 8;

  /**
   * Most gradients of logits that are {@linkplain #GATHERED gathered}, in numbers of half
   * precision.
   */
  public long gathered() {
    return (long) GATHERED * logitFloats;
  }

  /**
   * Batches that an update works on at a time, each with a gradient and activations of its own.
   *
   * @param workers threads that share an update
   */
  public int lanes(int workers) {
    return oneBatch ? 1 : workers;
  }

  /** For a decoder of some weights. Small ones have the memory, and a step of theirs is short. */
  public static MemoryProfile of(WeightPlan plan) {
    return new MemoryProfile(LOGIT_FLOATS, plan.large(), plan.large());
  }
}
