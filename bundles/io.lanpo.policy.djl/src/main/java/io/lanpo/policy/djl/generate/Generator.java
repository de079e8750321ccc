package io.lanpo.policy.djl.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.policy.djl.batch.CommonPrefix;
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
 * <p>Large groups with one prompt are decoded together and share the prompt's keys and values. All
 * other sequences have theirs to themselves. What many different prompts begin with is shared by
 * all of their sequences, see {@link CommonPrefix}. Finished sequences leave the batch, and waiting
 * ones are admitted when enough slots are free: leaving and joining copy keys and values, so
 * neither is done for a few sequences.
 */
public final class Generator {
  /** A batch is compacted, and filled, once this share of its slots is free: 1 in so many. */
  private static final int FREE_FRACTION = 4;

  /** Fewest sequences and shortest prompt for which the prompt is shared. */
  private static final int MIN_SHARING_GROUP = 4;

  private static final int MIN_SHARED_TOKENS = 8;

  /** Groups for each worker from which on groups are not split. */
  private static final int MIN_WHOLE_GROUPS = 4;

  /** Fewest different prompts with a common prefix; as many slots are kept for each prefix. */
  private static final int MIN_FAMILY = 4;

  /** Most prefixes. */
  private static final int MAX_FAMILIES = 8;

  private final Network network;
  private final WorkerThreads workers;
  private final int maxSequences;
  private final Decoding decoding;

  /** One that decodes in the training's precision. */
  public Generator(
      Network network,
      WorkerThreads workers,
      int maxSequences,
      int prefillTokens,
      StopCondition stop) {
    this(network, false, workers, maxSequences, prefillTokens, stop);
  }

  /**
   * @param int8 whether blocks multiply in int8 while they decode
   * @param maxSequences most completions decoded at a time, by all workers together
   * @param prefillTokens prompt tokens of one forward pass
   * @param stop what ends a completion
   */
  public Generator(
      Network network,
      boolean int8,
      WorkerThreads workers,
      int maxSequences,
      int prefillTokens,
      StopCondition stop) {
    this.network = network;
    this.workers = workers;
    this.maxSequences = Math.max(1, maxSequences / workers.count());
    this.decoding = new Decoding(network, int8, prefillTokens, stop);
  }

  /**
   * Samples what requests ask for.
   *
   * @return the completions of each request, in the order of the requests
   * @throws java.util.concurrent.CancellationException when this thread is interrupted
   */
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    List<List<DecodingSequence>> sequences = new ArrayList<>();
    int longest = 0;
    List<CommonPrefix> prefixes =
        CommonPrefix.of(
            requests.stream().map(GenerationRequest::prompt).toList(),
            Math.max(MIN_FAMILY, requests.size() / MAX_FAMILIES));
    for (int r = 0; r < requests.size(); r++) {
      GenerationRequest request = requests.get(r);
      SplittableRandom random = new SplittableRandom(request.seed());
      List<DecodingSequence> group = new ArrayList<>();
      for (int i = 0; i < request.completions(); i++) {
        group.add(new DecodingSequence(request, prefixes.get(r), random.split()));
      }
      sequences.add(group);
      longest = Math.max(longest, request.prompt().length + request.sampling().maxTokens());
    }
    network.reservePositions(longest + DecodeBatch.MAX_STEPS);
    decoding.matrices(MatrixPacking.MIN_ROWS);
    // Long prompts first, so that prompts read together have about the same length.
    List<List<DecodingSequence>> groups =
        sequences.stream()
            .filter(group -> !group.isEmpty())
            .sorted(
                Comparator.comparingInt(
                    (List<DecodingSequence> g) -> -g.get(0).request().prompt().length))
            .toList();
    int rows = groups.stream().mapToInt(List::size).sum();
    if (network.decodesTogether() || rows < workers.count() * MatrixPacking.MIN_ROWS) {
      // Each worker would read all weights, for a few rows or in no less time than one reads them
      // for all: one does, with the others' threads where an operation is long enough to be shared.
      Runnable decoding = () -> decode(groups, workers.count() * maxSequences);
      if (network.plan().large()) {
        network.withAllThreads(workers.count(), decoding);
      } else {
        decoding.run();
      }
    } else {
      workers.each(
          workers.divide(parts(groups), Generator::cost), part -> decode(part, maxSequences));
    }
    return sequences.stream()
        .map(group -> group.stream().map(DecodingSequence::completion).toList())
        .toList();
  }

  /**
   * The groups as workers get them: whole, so that a prompt is read once, where there are many; few
   * are split into as many parts as there are workers.
   */
  private List<List<DecodingSequence>> parts(List<List<DecodingSequence>> groups) {
    if (groups.size() >= MIN_WHOLE_GROUPS * workers.count()) {
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
    int read = request.prompt().length - group.get(0).prefix().length();
    return (long) group.size() * request.sampling().maxTokens() + read;
  }

  private void decode(List<List<DecodingSequence>> groups, int maxSequences) {
    Deque<DecodingSequence> shared = new ArrayDeque<>();
    Deque<DecodingSequence> single = new ArrayDeque<>();
    groups.forEach(group -> (sharesPrefix(group) ? shared : single).addAll(group));
    decodeGroups(shared, maxSequences);
    decodeSingles(single, maxSequences);
  }

  private static boolean sharesPrefix(List<DecodingSequence> group) {
    return group.size() >= MIN_SHARING_GROUP
        && group.get(0).request().prompt().length >= MIN_SHARED_TOKENS;
  }

  /**
   * Sequences of a group stay together. When enough slots have become free, waiting groups take
   * them as a batch of their own, so that running groups keep their shared prompts where they are.
   */
  private void decodeGroups(Deque<DecodingSequence> waiting, int maxSequences) {
    List<DecodeBatch> batches = new ArrayList<>();
    try {
      while (!waiting.isEmpty() || !batches.isEmpty()) {
        int free = maxSequences - batches.stream().mapToInt(DecodeBatch::active).sum();
        if (!waiting.isEmpty() && FREE_FRACTION * free >= maxSequences) {
          batches.add(DecodeBatch.of(decoding, poll(waiting, free), true));
        }
        for (int i = 0; i < batches.size(); i++) {
          workers.checkInterrupted();
          batches.set(i, compacted(batches.get(i)));
          batches.get(i).decode();
        }
        batches.removeIf(Generator::closedWhenDone);
      }
    } finally {
      batches.forEach(DecodeBatch::close);
    }
  }

  private static boolean closedWhenDone(DecodeBatch batch) {
    if (batch.active() > 0) {
      return false;
    }
    batch.close();
    return true;
  }

  private void decodeSingles(Deque<DecodingSequence> waiting, int maxSequences) {
    if (waiting.isEmpty()) {
      return;
    }
    DecodeBatch batch = DecodeBatch.of(decoding, poll(waiting, maxSequences), false);
    try {
      while (batch.active() > 0 || !waiting.isEmpty()) {
        int free = maxSequences - batch.active();
        boolean join = !waiting.isEmpty() && FREE_FRACTION * free >= maxSequences;
        workers.checkInterrupted();
        batch = join ? batch.admit(poll(waiting, free)) : compacted(batch);
        batch.decode();
      }
    } finally {
      batch.close();
    }
  }

  /** The same batch, or one without its finished sequences when these are many. */
  private static DecodeBatch compacted(DecodeBatch batch) {
    int done = batch.size() - batch.active();
    return batch.active() > 0 && FREE_FRACTION * done >= batch.size() ? batch.compact() : batch;
  }

  private static List<DecodingSequence> poll(Deque<DecodingSequence> waiting, int most) {
    List<DecodingSequence> sequences = new ArrayList<>();
    while (sequences.size() < most && !waiting.isEmpty()) {
      sequences.add(waiting.poll());
    }
    return sequences;
  }
}
