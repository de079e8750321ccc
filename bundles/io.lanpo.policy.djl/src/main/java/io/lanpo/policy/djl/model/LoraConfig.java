package io.lanpo.policy.djl.model;

import io.lanpo.api.component.Setting;
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
public record LoraConfig(int rank, double alpha, List<String> targets) {
  /** The projections that can have adapters, in the order in which a block uses them. */
  public static final List<String> PROJECTIONS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** The word of {@link #SAVE} for merged weights beside the adapters. */
  public static final String MERGED = "merged";

  public static final Setting<Integer> RANK =
      Setting.integer(
          "lora.rank",
          0,
          0,
          4096,
          "",
          "Rank of low-rank adapters, which then learn instead of the weights; 0: all weights learn.");

  public static final Setting<Double> ALPHA =
      Setting.decimal(
          "lora.alpha", 16, 1e-6, 1e6, "", "What adapters add is multiplied with alpha / rank.");

  public static final Setting<String> TARGETS =
      Setting.text(
          "lora.targets",
          "q_proj,v_proj",
          "Projections with adapters, separated by commas: "
              + String.join(", ", PROJECTIONS)
              + ".");

  public static final Setting<String> SAVE =
      Setting.choice(
          "lora.save",
          List.of(MERGED, "adapter"),
          "Whether checkpoints with adapters hold the merged weights too, or the adapters alone.");

  /** No adapters: all weights learn. */
  public static final LoraConfig NONE = new LoraConfig(0, 1, List.of());

  public LoraConfig {
    targets = List.copyOf(targets);
  }

  /** The adapters that are asked for. */
  public static LoraConfig of(Settings settings) {
    int rank = settings.get(RANK);
    if (rank == 0) {
      return NONE;
    }
    List<String> targets =
        Arrays.stream(settings.get(TARGETS).split(",")).map(String::strip).distinct().toList();
    for (String target : targets) {
      if (!PROJECTIONS.contains(target)) {
        throw new UserException(
            "%s names \"%s\", which is no projection of a block"
                .formatted(settings.key(TARGETS), target),
            "Name some of these, separated by commas: " + String.join(", ", PROJECTIONS) + ".");
      }
    }
    return new LoraConfig(rank, settings.get(ALPHA), targets);
  }

  public boolean enabled() {
    return rank > 0;
  }

  /** What the product of the two factors is multiplied with. */
  public double scale() {
    return alpha / rank;
  }
}
