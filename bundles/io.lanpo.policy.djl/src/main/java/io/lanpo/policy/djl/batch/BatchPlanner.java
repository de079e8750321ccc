package io.lanpo.policy.djl.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Divides groups of sequences into batches of similar lengths, so that little padding is read.
 *
 * <p>Groups are sorted by what their prompts have in common and by the lengths of their completions
 * and prompts; then the cheapest places to cut this row are found by dynamic programming. All
 * prompts of a batch have the same {@link CommonPrefix}. A batch costs its tokens, padding
 * included, and {@link #CALL_TOKENS}.
 */
public final class BatchPlanner {
  /** What a call costs beside its tokens, in tokens. */
  private static final int CALL_TOKENS = 64;

  /** Completions whose lengths differ by less than this are taken for equally long. */
  private static final int LENGTH_STEP = 16;

  private BatchPlanner() {}

  /**
   * @param budget most tokens of a batch, padding included; a group that is larger gets a batch of
   *     its own
   */
  public static List<List<PromptGroup>> of(List<PromptGroup> groups, int budget) {
    List<PromptGroup> sorted = new ArrayList<>(groups);
    sorted.sort(
        Comparator.comparingInt((PromptGroup g) -> g.prefix().family())
            .thenComparingInt(g -> -((g.longest() - 1) / LENGTH_STEP))
            .thenComparingInt(g -> -g.rest())
            .thenComparingInt(g -> -g.longest()));
    int count = sorted.size();
    long[] cost = new long[count + 1];
    int[] cut = new int[count + 1];
    Arrays.fill(cost, Long.MAX_VALUE);
    cost[0] = 0;
    for (int from = 0; from < count; from++) {
      CommonPrefix prefix = sorted.get(from).prefix();
      int rows = 0;
      int prompt = 0;
      int completion = 0;
      for (int to = from + 1; to <= count; to++) {
        PromptGroup group = sorted.get(to - 1);
        if (!group.prefix().equals(prefix)) {
          break;
        }
        rows += group.members().length;
        prompt = Math.max(prompt, group.rest());
        completion = Math.max(completion, group.longest() - 1);
        long tokens = prefix.length() + (long) (to - from) * prompt + (long) rows * completion;
        if (tokens > budget && to > from + 1) {
          break;
        }
        if (cost[from] + tokens + CALL_TOKENS < cost[to]) {
          cost[to] = cost[from] + tokens + CALL_TOKENS;
          cut[to] = from;
        }
      }
    }
    List<List<PromptGroup>> batches = new ArrayList<>();
    for (int to = count; to > 0; to = cut[to]) {
      batches.add(0, List.copyOf(sorted.subList(cut[to], to)));
    }
    return batches;
  }
}
