package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.batch.BatchPlanner;
import io.lanpo.policy.djl.batch.PackedBatch;
import io.lanpo.policy.djl.batch.PromptGroup;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads prompts, each one once for all its sequences and their common prefix once for a batch of
 * them, and samples the first tokens.
 */
final class Prefill {
  /** Stands for a completion without tokens; only the prompt is read. */
  private static final int[] NO_COMPLETION = {0};

  private final Network network;
  private final int budget;
  private final StopCondition stop;
  private final List<DecodingSequence> sequences;
  private final List<PromptGroup> groups;

  /**
   * @param budget tokens of one pass
   * @param sequences those without a token yet
   */
  Prefill(Network network, int budget, StopCondition stop, List<DecodingSequence> sequences) {
    this.network = network;
    this.budget = budget;
    this.stop = stop;
    this.sequences = sequences;
    List<Sequence> prompts =
        sequences.stream().map(s -> new Sequence(s.request().prompt(), NO_COMPLETION)).toList();
    groups =
        BatchPlanner.of(
                PromptGroup.of(
                    prompts,
                    sequences.stream().map(DecodingSequence::prefix).toList(),
                    Integer.MAX_VALUE),
                budget)
            .stream()
            .flatMap(List::stream)
            .toList();
  }

  /** Tokens of the distinct prompts that follow their prefixes. */
  int[] lengths() {
    return groups.stream().mapToInt(PromptGroup::rest).toArray();
  }

  /** For each sequence the number of its prompt among the distinct ones. */
  int[] promptOf() {
    int[] promptOf = new int[sequences.size()];
    for (int p = 0; p < groups.size(); p++) {
      for (int sequence : groups.get(p).members()) {
        promptOf[sequence] = p;
      }
    }
    return promptOf;
  }

  /**
   * Reads the prompts and appends the first token to each sequence.
   *
   * @param cache receives keys and values of what follows the prefixes
   * @param entries for each sequence the cache's prompt that is its own; null when the cache's
   *     prompts are the distinct ones
   * @param prefixes receives those of the prefixes
   * @param common which prefix is which entry of it
   */
  void read(
      PromptKvCache cache,
      int @Nullable [] entries,
      PromptKvCache prefixes,
      CommonPrefixes common) {
    int from = 0;
    for (List<PromptGroup> batch : BatchPlanner.of(groups, budget)) {
      int entry = common.entry(batch.get(0).prefix());
      read(batch, cache, entries, from, prefixes, entry);
      from += batch.size();
    }
  }

  private void read(
      List<PromptGroup> batch,
      PromptKvCache cache,
      int @Nullable [] entries,
      int from,
      PromptKvCache prefixes,
      int prefixEntry) {
    int[] members = batch.stream().flatMapToInt(g -> Arrays.stream(g.members())).toArray();
    int[] sources =
        IntStream.range(0, batch.size())
            .flatMap(p -> Arrays.stream(batch.get(p).members()).map(member -> p))
            .toArray();
    PackedBatch packed = PackedBatch.ofPrompts(batch, network.shape());
    try (NDManager step = network.step();
        ScriptCall call = network.call("prefill")) {
      call.share(network.operands());
      call.add(packed.layout(network, step));
      call.add(step.create(packed.lastPlaces()));
      IValue[] parts = call.runTuple();
      if (entries == null) {
        int[] all = IntStream.range(0, batch.size()).toArray();
        cache.fill(Arrays.stream(all).map(p -> from + p).toArray(), parts[1], all);
      } else {
        cache.fill(Arrays.stream(members).map(m -> entries[m]).toArray(), parts[1], sources);
      }
      if (prefixes.length(prefixEntry) > 0) {
        prefixes.fill(new int[] {prefixEntry}, parts[2], new int[] {0});
      }
      sample(parts[0], sources, Arrays.stream(members).mapToObj(sequences::get).toList(), step);
    }
  }

  private void sample(
      IValue logits, int[] sources, List<DecodingSequence> sampled, NDManager step) {
    float[] uniform = new float[sampled.size()];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = sampled.get(i).nextUniform();
    }
    try (ScriptCall call = network.call("sample_first")) {
      call.share(logits).add(step.create(PromptKvCache.longs(sources)));
      call.add(SamplerInputs.of(sampled, network.shape().tokens(), step));
      call.add(step.create(uniform, new Shape(uniform.length, 1)));
      IValue[] parts = call.add(SamplerInputs.mode(sampled)).runTuple();
      long[] tokens = ScriptCall.array(parts[0], step).toLongArray();
      float[] logProbs = ScriptCall.array(parts[1], step).toFloatArray();
      for (int i = 0; i < tokens.length; i++) {
        sampled.get(i).append((int) tokens[i], logProbs[i], stop);
      }
    }
  }
}
