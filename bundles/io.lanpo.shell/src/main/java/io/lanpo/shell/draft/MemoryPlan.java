package io.lanpo.shell.draft;

import io.lanpo.api.preview.MemoryPreview;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What has to be done so that a run fits into this machine, by the estimate that decides before
 * every run.
 *
 * @param lines empty when it fits as it is
 * @param memory the estimate with them
 */
record MemoryPlan(List<Line> lines, MemoryPreview memory) {
  /** Other programs take something meanwhile. */
  private static final double KEPT_FREE = 0.9;

  private static final String RANK = "policy.lora.rank";

  /** From the one that costs least to the one that changes most. */
  private static final List<List<Line>> WAYS =
      List.of(
          List.of(),
          List.of(moments()),
          List.of(moments(), recomputing()),
          List.of(moments(), recomputing(), batch(16)),
          List.of(adapters(), recomputing()),
          List.of(adapters(), recomputing(), batch(8)));

  /**
   * The first way that fits; the last when none does.
   *
   * @param values of the draft so far
   * @param estimate of some values
   */
  static MemoryPlan of(
      Map<String, String> values, Function<Map<String, String>, MemoryPreview> estimate) {
    MemoryPreview bare = estimate.apply(values);
    MemoryPlan plan = new MemoryPlan(List.of(), bare);
    for (List<Line> way : WAYS.subList(1, WAYS.size())) {
      if (roomy(plan.memory())) {
        return plan;
      }
      Map<String, String> changed = new HashMap<>(values);
      way.forEach(line -> changed.put(line.key(), line.value()));
      MemoryPreview smaller = estimate.apply(changed);
      List<Line> told = new ArrayList<>();
      for (Line line : way) {
        told.add(
            told.isEmpty()
                ? new Line(line.key(), line.value(), line.reason() + without(bare, smaller))
                : line);
      }
      plan = new MemoryPlan(List.copyOf(told), smaller);
    }
    return plan;
  }

  private static boolean roomy(MemoryPreview memory) {
    return memory.bytes() <= KEPT_FREE * memory.available();
  }

  private static String without(MemoryPreview bare, MemoryPreview smaller) {
    return "; without this and what follows for memory %s instead of %s, of %s"
        .formatted(Sizes.of(bare.bytes()), Sizes.of(smaller.bytes()), Sizes.of(bare.available()));
  }

  /** Whether adapters learn instead of the weights. */
  boolean adapted() {
    return lines.stream().anyMatch(line -> line.key().equals(RANK));
  }

  private static Line moments() {
    return new Line("policy.moments", "bf16", "AdamW's moments in half the memory");
  }

  private static Line recomputing() {
    return new Line(
        "policy.gradient-checkpointing",
        "true",
        "an update keeps less and computes it again: a third more work");
  }

  private static Line batch(int completions) {
    return new Line(
        "policy.batch",
        Integer.toString(completions),
        "fewer completions are written at a time, so that their keys and values take less");
  }

  private static Line adapters() {
    return new Line(
        RANK, "16", "low-rank adapters learn: gradients and moments of all weights do not fit");
  }
}
