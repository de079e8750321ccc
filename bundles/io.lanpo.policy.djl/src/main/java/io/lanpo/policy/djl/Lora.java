package io.lanpo.policy.djl;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.util.Arrays;
import java.util.List;

/**
 * Low-rank adapters (LoRA, arXiv 2106.09685): a frozen matrix {@code W} acts as {@code W +
 * alpha/rank · B A}, and only {@code A} and {@code B} learn.
 *
 * @param rank rows of {@code A} and columns of {@code B}; 0 without adapters
 * @param alpha scales what the adapters add
 * @param targets which projections have adapters, by their names in checkpoints
 */
record Lora(int rank, double alpha, List<String> targets) {
  /** The projections that can have adapters, in the order in which a block uses them. */
  static final List<String> PROJECTIONS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** No adapters: all weights learn. */
  static final Lora NONE = new Lora(0, 1, List.of());

  Lora {
    targets = List.copyOf(targets);
  }

  static Lora of(Settings settings) {
    int rank = settings.integer(ModelSettings.LORA_RANK);
    if (rank == 0) {
      return NONE;
    }
    List<String> targets =
        Arrays.stream(settings.text(ModelSettings.LORA_TARGETS).split(","))
            .map(String::strip)
            .distinct()
            .toList();
    for (String target : targets) {
      if (!PROJECTIONS.contains(target)) {
        throw new UserException(
            "policy.lora.targets names \"%s\", which is no projection of a block".formatted(target),
            "Name some of these, separated by commas: " + String.join(", ", PROJECTIONS) + ".");
      }
    }
    return new Lora(rank, settings.decimal(ModelSettings.LORA_ALPHA), targets);
  }

  boolean on() {
    return rank > 0;
  }

  /** What the product of the two factors is multiplied with. */
  double scale() {
    return alpha / rank;
  }
}
