package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.WeightPlan;

/**
 * What a network does to take less memory.
 *
 * @param logitFloats most logits at a time, in floats
 * @param recomputeAttention whether an update computes attention's probabilities again instead of
 *     keeping them
 */
public record MemoryProfile(int logitFloats, boolean recomputeAttention) {
  /** Most logits at a time: 32 MB. Fewer would have the head's gradient added up too often. */
  private static final int LOGIT_FLOATS = 1 << 23;

  /** For a decoder of some weights. Small ones have the memory, and a step of theirs is short. */
  public static MemoryProfile of(WeightPlan plan) {
    return new MemoryProfile(LOGIT_FLOATS, plan.large());
  }
}
