package io.lanpo.policy.djl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Divides sequences into batches of similar length within a budget of tokens, padding included. */
final class Batches {
  private Batches() {}

  /**
   * @param items what is divided
   * @param length length of an item in tokens
   * @param budget tokens of a batch; an item that is longer gets a batch of its own
   * @return indices of the items, batch by batch, longest first; equal lengths keep their order
   */
  static <T> List<int[]> of(List<T> items, ToIntFunction<T> length, int budget) {
    List<Integer> order =
        IntStream.range(0, items.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -length.applyAsInt(items.get(i))))
            .toList();
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int longest = Math.max(1, length.applyAsInt(items.get(order.get(from))));
      int to = Math.min(order.size(), from + Math.max(1, budget / longest));
      batches.add(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
      from = to;
    }
    return batches;
  }
}
