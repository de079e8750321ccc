package io.lanpo.policy.djl;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Samples completions in batches. Rows that are done leave their seats, waiting rows take them when
 * enough seats are free; both mean that the cache is copied, so neither is done for a few rows.
 */
final class Generator {
  /** Seats are cleared, and filled, once this share of them is free: 1 in so many. */
  private static final int FREE_SHARE = 4;

  private final Network network;
  private final int seats;
  private final int prefillBudget;
  private final int endToken;

  /**
   * @param seats most completions that are written at a time
   * @param prefillBudget prompt tokens that are read in one pass
   */
  Generator(Network network, int seats, int prefillBudget, int endToken) {
    this.network = network;
    this.seats = seats;
    this.prefillBudget = prefillBudget;
    this.endToken = endToken;
  }

  List<List<Completion>> generate(List<GenerationRequest> requests) {
    List<List<Row>> rows = new ArrayList<>();
    for (GenerationRequest request : requests) {
      SplittableRandom random = new SplittableRandom(request.seed());
      List<Row> group = new ArrayList<>();
      for (int i = 0; i < request.completions(); i++) {
        group.add(new Row(request, random.split()));
      }
      rows.add(group);
    }
    write(rows);
    return rows.stream().map(group -> group.stream().map(Row::completion).toList()).toList();
  }

  /** Long prompts first, so that prompts read together have about the same length. */
  private void write(List<List<Row>> rows) {
    Deque<Row> waiting = new ArrayDeque<>();
    rows.stream()
        .filter(group -> !group.isEmpty())
        .sorted(Comparator.comparingInt((List<Row> g) -> -g.get(0).request().prompt().length))
        .forEach(waiting::addAll);
    Seating seating = Seating.empty(network, prefillBudget, endToken);
    try {
      while (seating.writing() > 0 || !waiting.isEmpty()) {
        seating = next(seating, waiting);
        seating.decode();
      }
    } finally {
      seating.close();
    }
  }

  /** The same seating, or a new one when rows come or many have gone. */
  private Seating next(Seating seating, Deque<Row> waiting) {
    int free = seats - seating.writing();
    if (!waiting.isEmpty() && (seating.writing() == 0 || FREE_SHARE * free >= seats)) {
      List<Row> admitted = new ArrayList<>();
      while (admitted.size() < free && !waiting.isEmpty()) {
        admitted.add(waiting.poll());
      }
      return seating.with(admitted);
    }
    if (seating.full()) {
      return seating.grown();
    }
    return FREE_SHARE * (seating.size() - seating.writing()) >= seating.size()
        ? seating.compacted()
        : seating;
  }
}
