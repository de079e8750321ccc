package io.lanpo.policy.djl.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.network.MatrixPacking;
import io.lanpo.policy.djl.network.Network;
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
public final class Generator {
  /** Seats are cleared, and filled, once this share of them is free: 1 in so many. */
  private static final int FREE_SHARE = 4;

  /** Fewest rows and shortest prompt for which sharing the prompt is worth it. */
  private static final int SHARING_ROWS = 4;

  private static final int SHARED_PROMPT = 8;

  /** Groups for each worker from which on they are not cut. */
  private static final int WHOLE_GROUPS = 4;

  private final Network network;
  private final WorkerThreads workers;
  private final int seats;
  private final int prefillBudget;
  private final StopCondition ending;

  /**
   * @param seats most completions that are written at a time, by all workers together
   * @param prefillBudget prompt tokens that are read in one pass
   */
  public Generator(
      Network network, WorkerThreads workers, int seats, int prefillBudget, StopCondition ending) {
    this.network = network;
    this.workers = workers;
    this.seats = Math.max(1, seats / workers.count());
    this.prefillBudget = prefillBudget;
    this.ending = ending;
  }

  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    List<List<DecodingSequence>> rows = new ArrayList<>();
    int longest = 0;
    for (GenerationRequest request : requests) {
      SplittableRandom random = new SplittableRandom(request.seed());
      List<DecodingSequence> group = new ArrayList<>();
      for (int i = 0; i < request.completions(); i++) {
        group.add(new DecodingSequence(request, random.split()));
      }
      rows.add(group);
      longest = Math.max(longest, request.prompt().length + request.sampling().maxTokens());
    }
    network.reserve(longest + DecodeBatch.LONGEST_CALL);
    network.matrices(MatrixPacking.MIN_ROWS);
    // Long prompts first, so that prompts read together have about the same length.
    List<List<DecodingSequence>> groups =
        rows.stream()
            .filter(group -> !group.isEmpty())
            .sorted(
                Comparator.comparingInt(
                    (List<DecodingSequence> g) -> -g.get(0).request().prompt().length))
            .toList();
    if (groups.stream().mapToInt(List::size).sum() < workers.count() * MatrixPacking.MIN_ROWS) {
      // Each worker would read all weights for a few rows: one does, with the others' threads.
      network.withThreadsOf(workers.count(), () -> write(groups, workers.count() * seats));
    } else {
      workers.each(workers.divide(parts(groups), Generator::cost), part -> write(part, seats));
    }
    return rows.stream()
        .map(group -> group.stream().map(DecodingSequence::completion).toList())
        .toList();
  }

  /**
   * The groups as workers get them: whole, so that a prompt is read once, where there are many; few
   * are cut into as many parts as there are workers.
   */
  private List<List<DecodingSequence>> parts(List<List<DecodingSequence>> groups) {
    if (groups.size() >= WHOLE_GROUPS * workers.count()) {
      return groups;
    }
    List<List<DecodingSequence>> parts = new ArrayList<>();
    for (List<DecodingSequence> group : groups) {
      int size = (group.size() + workers.count() - 1) / workers.count();
      for (int from = 0; from < group.size(); from += size) {
        parts.add(group.subList(from, Math.min(group.size(), from + size)));
      }
    }
    return parts;
  }

  private static long cost(List<DecodingSequence> group) {
    GenerationRequest request = group.get(0).request();
    return (long) group.size() * request.sampling().maxTokens() + request.prompt().length;
  }

  private void write(List<List<DecodingSequence>> groups, int seats) {
    Deque<DecodingSequence> sharing = new ArrayDeque<>();
    Deque<DecodingSequence> single = new ArrayDeque<>();
    groups.forEach(group -> (worthSharing(group) ? sharing : single).addAll(group));
    writeSharing(sharing, seats);
    writeSingle(single, seats);
  }

  private static boolean worthSharing(List<DecodingSequence> group) {
    return group.size() >= SHARING_ROWS && group.get(0).request().prompt().length >= SHARED_PROMPT;
  }

  /**
   * Rows of a group stay together. When enough seats have become free, waiting groups take them as
   * a seating of their own, so that those who write on keep their shared prompts where they are.
   */
  private void writeSharing(Deque<DecodingSequence> waiting, int seats) {
    List<DecodeBatch> seatings = new ArrayList<>();
    try {
      while (!waiting.isEmpty() || !seatings.isEmpty()) {
        int free = seats - seatings.stream().mapToInt(DecodeBatch::writing).sum();
        if (!waiting.isEmpty() && FREE_SHARE * free >= seats) {
          seatings.add(DecodeBatch.of(network, prefillBudget, ending, next(waiting, free), true));
        }
        for (int i = 0; i < seatings.size(); i++) {
          seatings.set(i, cleared(seatings.get(i)));
          seatings.get(i).decode();
        }
        seatings.removeIf(Generator::done);
      }
    } finally {
      seatings.forEach(DecodeBatch::close);
    }
  }

  private static boolean done(DecodeBatch seating) {
    if (seating.writing() > 0) {
      return false;
    }
    seating.close();
    return true;
  }

  private void writeSingle(Deque<DecodingSequence> waiting, int seats) {
    if (waiting.isEmpty()) {
      return;
    }
    DecodeBatch seating =
        DecodeBatch.of(network, prefillBudget, ending, next(waiting, seats), false);
    try {
      while (seating.writing() > 0 || !waiting.isEmpty()) {
        int free = seats - seating.writing();
        boolean join = !waiting.isEmpty() && FREE_SHARE * free >= seats;
        seating = join ? seating.with(next(waiting, free)) : cleared(seating);
        seating.decode();
      }
    } finally {
      seating.close();
    }
  }

  /** The same seating, or one without the rows that are done when these are many. */
  private static DecodeBatch cleared(DecodeBatch seating) {
    int done = seating.size() - seating.writing();
    return seating.writing() > 0 && FREE_SHARE * done >= seating.size()
        ? seating.compacted()
        : seating;
  }

  private static List<DecodingSequence> next(Deque<DecodingSequence> waiting, int most) {
    List<DecodingSequence> rows = new ArrayList<>();
    while (rows.size() < most && !waiting.isEmpty()) {
      rows.add(waiting.poll());
    }
    return rows;
  }
}
