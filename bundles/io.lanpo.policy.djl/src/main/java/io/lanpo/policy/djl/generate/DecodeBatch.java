package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.batch.NgramIds;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sequences that are decoded in lockstep, with their keys and values: those of the prompts' common
 * prefixes and those of the prompts in a {@link CacheLevel} each, those of tokens decoded since in
 * chunks. The last token of a sequence is not among them; the next step reads it.
 */
final class DecodeBatch implements AutoCloseable {
  /** Sequences times steps of one call; small batches take several steps at a time. */
  private static final int CALL_TOKENS = 64;

  /** Steps of one call at most: positions it may touch beyond the last token that is kept. */
  static final int MAX_STEPS = 8;

  private final Decoding decoding;
  private final Network network;
  private final List<DecodingSequence> sequences;
  private final CacheLevel prompts;
  private final CacheLevel prefixes;
  private final NDManager manager;
  private final IValue chunks;
  private final IValue sampler;
  private final long mode;
  private int decoded;

  private DecodeBatch(
      Decoding decoding,
      List<DecodingSequence> sequences,
      CacheLevel prompts,
      CacheLevel prefixes,
      IValue chunks,
      int decoded) {
    this.decoding = decoding;
    this.network = decoding.network();
    this.sequences = sequences;
    this.prompts = prompts;
    this.prefixes = prefixes;
    this.chunks = chunks;
    this.decoded = decoded;
    manager = network.step();
    mode = SamplerInputs.mode(sequences);
    sampler = ScriptCall.value(SamplerInputs.of(sequences, network.shape().tokens(), manager));
  }

  /**
   * A batch of sequences that have no token yet: reads their prompts and samples the first tokens.
   *
   * @param share whether sequences with one prompt share its keys and values
   */
  static DecodeBatch of(Decoding decoding, List<DecodingSequence> sequences, boolean share) {
    Network network = decoding.network();
    Prefill prefill = new Prefill(network, decoding.prefillTokens(), decoding.stop(), sequences);
    CommonPrefixes common = new CommonPrefixes(sequences);
    CacheLevel prefixes = prefixes(network, common);
    PromptKvCache cache = PromptKvCache.of(network, share ? prefill.lengths() : lengths(sequences));
    int[] own = share ? null : IntStream.range(0, sequences.size()).toArray();
    prefill.read(cache, own, prefixes.cache(), common);
    PrefixSharing sharing =
        share ? PrefixSharing.of(network, prefill.promptOf()) : PrefixSharing.none(network);
    return new DecodeBatch(
        decoding,
        sequences,
        CacheLevel.of(network, cache, sharing),
        prefixes,
        noChunks(network),
        0);
  }

  /** Room for prefixes. */
  private static CacheLevel prefixes(Network network, CommonPrefixes common) {
    return CacheLevel.of(
        network,
        PromptKvCache.of(network, common.lengths()),
        PrefixSharing.of(network, common.entryOf()));
  }

  private static IValue noChunks(Network network) {
    try (ScriptCall call = network.call("chunks")) {
      return call.keep();
    }
  }

  /** Tokens of each sequence, beside its prefix, that are in the cache after prefill. */
  private static int[] lengths(List<DecodingSequence> sequences) {
    return sequences.stream().mapToInt(DecodingSequence::ownCached).toArray();
  }

  /** Sequences, finished ones included. */
  int size() {
    return sequences.size();
  }

  /** Sequences that are not finished. */
  int active() {
    return (int) sequences.stream().filter(s -> !s.done()).count();
  }

  /** A batch of the active sequences and of new ones, whose prompts are read; closes this one. */
  DecodeBatch admit(List<DecodingSequence> admitted) {
    int[] kept = activeIndices();
    List<DecodingSequence> all =
        Stream.concat(Arrays.stream(kept).mapToObj(sequences::get), admitted.stream()).toList();
    CommonPrefixes common = new CommonPrefixes(all);
    CacheLevel joinedPrefixes = prefixes(network, common);
    PromptKvCache joined = PromptKvCache.of(network, lengths(all));
    if (kept.length > 0) {
      copyTo(joined, kept);
      copyPrefixesTo(joinedPrefixes, kept);
    }
    close();
    Prefill prefill = new Prefill(network, decoding.prefillTokens(), decoding.stop(), admitted);
    int[] own = IntStream.range(kept.length, all.size()).toArray();
    prefill.read(joined, own, joinedPrefixes.cache(), common);
    return new DecodeBatch(
        decoding,
        all,
        CacheLevel.of(network, joined, PrefixSharing.none(network)),
        joinedPrefixes,
        noChunks(network),
        0);
  }

  /** A batch of the active sequences alone; closes this one. */
  DecodeBatch compact() {
    int[] kept = activeIndices();
    try (NDManager step = network.step();
        ScriptCall call = network.call("keep_rows")) {
      call.share(chunks).add(step.create(PromptKvCache.longs(kept))).run();
    }
    List<DecodingSequence> left = Arrays.stream(kept).mapToObj(sequences::get).toList();
    CacheLevel leftPrompts = prompts.keep(network, kept);
    CacheLevel leftPrefixes = prefixes.keep(network, kept);
    closeAllBut(chunks);
    return new DecodeBatch(decoding, left, leftPrompts, leftPrefixes, chunks, decoded);
  }

  private int[] activeIndices() {
    return IntStream.range(0, sequences.size()).filter(i -> !sequences.get(i).done()).toArray();
  }

  /** Copies keys and values of sequences to the first prompts of another cache. */
  private void copyTo(PromptKvCache target, int[] kept) {
    PromptKvCache cache = prompts.cache();
    int width = Arrays.stream(kept).map(i -> sequences.get(i).ownCached()).max().orElseThrow();
    int[] entries = Arrays.stream(kept).map(prompts.sharing()::promptOf).toArray();
    long[] columns = new long[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      int own = cache.length(entries[i]);
      for (int j = 0; j < sequences.get(kept[i]).ownCached(); j++) {
        columns[i * width + j] = j < own ? j : cache.columns() + j - own;
      }
    }
    long[] targets = IntStream.range(0, kept.length).asLongStream().toArray();
    try (NDManager step = network.step();
        ScriptCall call = network.call("move_rows")) {
      call.share(target.values()).add(step.create(targets));
      call.share(cache.values()).add(step.create(PromptKvCache.longs(entries)));
      call.share(chunks).add(step.create(PromptKvCache.longs(kept)));
      call.add(step.create(columns, new Shape(kept.length, width))).run();
    }
  }

  /** Copies the prefixes of sequences to those of the first sequences of another batch. */
  private void copyPrefixesTo(CacheLevel target, int[] kept) {
    int[] targets =
        IntStream.range(0, kept.length).map(target.sharing()::promptOf).distinct().toArray();
    int[] sources = Arrays.stream(kept).map(prefixes.sharing()::promptOf).distinct().toArray();
    target.cache().fill(targets, prefixes.cache().values(), sources);
  }

  /** Decodes the next tokens of every sequence; one that ends meanwhile ignores what follows. */
  void decode() {
    if (active() == 0) {
      return;
    }
    int most =
        sequences.stream()
            .filter(s -> !s.done())
            .mapToInt(DecodingSequence::remaining)
            .max()
            .orElseThrow();
    int steps = Math.max(1, Math.min(MAX_STEPS, CALL_TOKENS / sequences.size()));
    steps = Math.min(steps, most);
    boolean[] idle = new boolean[sequences.size()];
    long[] positions = new long[sequences.size()];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = sequences.get(i).done();
      positions[i] = idle[i] ? 0 : sequences.get(i).cached();
    }
    float[] uniform = uniform(steps, idle);
    try (NDManager step = network.step();
        ScriptCall call = network.call("decode")) {
      call.share(network.operands()).share(decoding.matrices(sequences.size()));
      call.share(prompts.list()).share(prefixes.list());
      call.add(IValue.listFrom(prompts.sharing().slots(), prefixes.sharing().slots()));
      call.share(chunks);
      call.add(lastTokens(step)).add(step.create(positions)).add(network.rotations());
      call.add(decoded).add(steps).share(sampler);
      call.add(step.create(uniform, new Shape(steps, sequences.size()))).add(mode);
      call.add(decoding.int8());
      append(call.runTuple(), steps, step);
    }
    decoded += steps;
  }

  private void append(IValue[] parts, int steps, NDManager step) {
    long[] tokens = ScriptCall.array(parts[0], step).toLongArray();
    float[] logProbs = ScriptCall.array(parts[1], step).toFloatArray();
    int at = 0;
    for (int t = 0; t < steps; t++) {
      for (DecodingSequence sequence : sequences) {
        if (!sequence.done()) {
          sequence.append((int) tokens[at], logProbs[at], decoding.stop());
        }
        at++;
      }
    }
  }

  private float[] uniform(int steps, boolean[] idle) {
    float[] uniform = new float[steps * idle.length];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < idle.length; i++) {
        uniform[t * idle.length + i] = idle[i] ? 0 : sequences.get(i).nextUniform();
      }
    }
    return uniform;
  }

  private NDArray lastTokens(NDManager step) {
    NgramIds ngrams = new NgramIds(network.shape());
    long[] ids = new long[sequences.size() * ngrams.width()];
    int at = 0;
    for (DecodingSequence sequence : sequences) {
      ngrams.write(sequence::token, sequence.length() - 1, ids, at);
      at += ngrams.width();
    }
    return step.create(ids, new Shape(sequences.size(), ngrams.width()));
  }

  private void closeAllBut(@Nullable IValue kept) {
    if (chunks != kept) {
      chunks.close();
    }
    sampler.close();
    prompts.close();
    prefixes.close();
    manager.close();
  }

  @Override
  public void close() {
    closeAllBut(null);
  }
}
