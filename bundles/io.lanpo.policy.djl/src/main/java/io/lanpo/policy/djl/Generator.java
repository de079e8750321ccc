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
 * Samples completions in batches.
 *
 * <p>Large groups with one prompt are written together and share the prompt's keys and values. All
 * others have theirs to themselves. Rows that are done leave their seats, and waiting rows take
 * them when enough seats are free: leaving and joining copy keys and values, so neither is done for
 * a few rows.
 */
final class Generator {
  /** Seats are cleared, and filled, once this share of them is free: 1 in so many. */
  private static final int FREE_SHARE = 4;

  /** Fewest rows and shortest prompt for which sharing the prompt is worth it. */
  private static final int SHARING_ROWS = 4;

  private static final int SHARED_PROMPT = 8;

  /** Groups for each worker from which on they are not cut. */
  private static final int WHOLE_GROUPS = 4;

  private final Network network;
  private final Workers workers;
  private final int seats;
  private final int prefillBudget;
  private final Ending ending;

  /**
   * @param seats most completions that are written at a time, by all workers together
   * @param prefillBudget prompt tokens that are read in one pass
   */
  Generator(Network network, Workers workers, int seats, int prefillBudget, Ending ending) {
    this.network = network;
    this.workers = workers;
    this.seats = Math.max(1, seats / workers.count());
    this.prefillBudget = prefillBudget;
    this.ending = ending;
  }

  List<List<Completion>> generate(List<GenerationRequest> requests) {
    List<List<Row>> rows = new ArrayList<>();
    int longest = 0;
    for (GenerationRequest request : requests) {
      SplittableRandom random = new SplittableRandom(request.seed());
      List<Row> group = new ArrayList<>();
      for (int i = 0; i < request.completions(); i++) {
        group.add(new Row(request, random.split()));
      }
      rows.add(group);
      longest = Math.max(longest, request.prompt().length + request.sampling().maxTokens());
    }
    network.reserve(longest + Seating.LONGEST_CALL);
    network.matrices(Network.PACKING_WORTH);
    // Long prompts first, so that prompts read together have about the same length.
    List<List<Row>> groups =
        rows.stream()
            .filter(group -> !group.isEmpty())
            .sorted(Comparator.comparingInt((List<Row> g) -> -g.get(0).request().prompt().length))
            .toList();
    if (groups.stream().mapToInt(List::size).sum() < workers.count() * Network.PACKING_WORTH) {
      // Each worker would read all weights for a few rows: one does, with the others' threads.
      network.withThreadsOf(workers.count(), () -> write(groups, workers.count() * seats));
    } else {
      workers.each(workers.divide(parts(groups), Generator::cost), part -> write(part, seats));
    }
    return rows.stream().map(group -> group.stream().map(Row::completion).toList()).toList();
  }

  /**
   * The groups as workers get them: whole, so that a prompt is read once, where there are many; few
   * are cut into as many parts as there are workers.
   */
  private List<List<Row>> parts(List<List<Row>> groups) {
    if (groups.size() >= WHOLE_GROUPS * workers.count()) {
      return groups;
    }
    List<List<Row>> parts = new ArrayList<>();
    for (List<Row> group : groups) {
      int size = (group.size() + workers.count() - 1) / workers.count();
      for (int from = 0; from < group.size(); from += size) {
        parts.add(group.subList(from, Math.min(group.size(), from + size)));
      }
    }
    return parts;
  }

  private static long cost(List<Row> group) {
    GenerationRequest request = group.get(0).request();
    return (long) group.size() * request.sampling().maxTokens() + request.prompt().length;
  }

  private void write(List<List<Row>> groups, int seats) {
    Deque<Row> sharing = new ArrayDeque<>();
    Deque<Row> single = new ArrayDeque<>();
    groups.forEach(group -> (worthSharing(group) ? sharing : single).addAll(group));
    writeSharing(sharing, seats);
    writeSingle(single, seats);
  }

  private static boolean worthSharing(List<Row> group) {
    return group.size() >= SHARING_ROWS && group.get(0).request().prompt().length >= SHARED_PROMPT;
  }

  /**
   * Rows of a group stay together. When enough seats have become free, waiting groups take them as
   * a seating of their own, so that those who write on keep their shared prompts where they are.
   */
  private void writeSharing(Deque<Row> waiting, int seats) {
    List<Seating> seatings = new ArrayList<>();
    try {
      while (!waiting.isEmpty() || !seatings.isEmpty()) {
        int free = seats - seatings.stream().mapToInt(Seating::writing).sum();
        if (!waiting.isEmpty() && FREE_SHARE * free >= seats) {
          seatings.add(Seating.of(network, prefillBudget, ending, next(waiting, free), true));
        }
        for (int i = 0; i < seatings.size(); i++) {
          workers.checkInterrupted();
          seatings.set(i, cleared(seatings.get(i)));
          seatings.get(i).decode();
        }
        seatings.removeIf(Generator::done);
      }
    } finally {
      seatings.forEach(Seating::close);
    }
  }

  private static boolean done(Seating seating) {
    if (seating.writing() > 0) {
      return false;
    }
    seating.close();
    return true;
  }

  private void writeSingle(Deque<Row> waiting, int seats) {
    if (waiting.isEmpty()) {
      return;
    }
    Seating seating = Seating.of(network, prefillBudget, ending, next(waiting, seats), false);
    try {
      while (seating.writing() > 0 || !waiting.isEmpty()) {
        int free = seats - seating.writing();
        boolean join = !waiting.isEmpty() && FREE_SHARE * free >= seats;
        workers.checkInterrupted();
        seating = join ? seating.with(next(waiting, free)) : cleared(seating);
        seating.decode();
      }
    } finally {
      seating.close();
    }
  }

  /** The same seating, or one without the rows that are done when these are many. */
  private static Seating cleared(Seating seating) {
    int done = seating.size() - seating.writing();
    return seating.writing() > 0 && FREE_SHARE * done >= seating.size()
        ? seating.compacted()
        : seating;
  }

  private static List<Row> next(Deque<Row> waiting, int most) {
    List<Row> rows = new ArrayList<>();
    while (rows.size() < most && !waiting.isEmpty()) {
      rows.add(waiting.poll());
    }
    return rows;
  }
}
