package io.lanpo.policy.djl.model;

import java.util.List;

/**
 * Low-rank adapters (LoRA, arXiv 2106.09685): a frozen matrix {@code W} acts as {@code W +
 * alpha/rank · B A}, and only {@code A} and {@code B} learn.
 *
 * @param rank rows of {@code A} and columns of {@code B}; 0 without adapters
 * @param alpha scales what the adapters add
 * @param targets which projections have adapters, by their names in checkpoints
 */
public record LoraConfig(int rank, double alpha, List<String> targets) {
  /** The projections that can have adapters, in the order in which a block uses them. */
  public static final List<String> PROJECTIONS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** No adapters: all weights learn. */
  public static final LoraConfig NONE = new LoraConfig(0, 1, List.of());

  public LoraConfig {
    targets = List.copyOf(targets);
  }

  public boolean enabled() {
    return rank > 0;
  }

  /** What the product of the two factors is multiplied with. */
  public double scale() {
    return alpha / rank;
  }
}
