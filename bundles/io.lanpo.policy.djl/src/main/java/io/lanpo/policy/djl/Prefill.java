package io.lanpo.policy.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.policy.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads prompts, each one once for all its completions, and samples the first tokens. */
final class Prefill {
  /** A completion that is not there yet; only the prompt is read. */
  private static final int[] NOTHING = {0};

  private final Network network;
  private final int budget;
  private final int endToken;

  /**
   * @param budget tokens of one pass
   */
  Prefill(Network network, int budget, int endToken) {
    this.network = network;
    this.budget = budget;
    this.endToken = endToken;
  }

  /**
   * @param rows rows without a token yet
   * @param cache receives their keys and values
   * @param first the seat of the first row
   */
  void read(List<Row> rows, IValue cache, int first) {
    List<Sequence> prompts =
        rows.stream().map(r -> new Sequence(r.request().prompt(), NOTHING)).toList();
    List<PromptGroup> groups = PromptGroup.of(prompts, Integer.MAX_VALUE);
    for (List<PromptGroup> batch : Batching.of(groups, budget)) {
      read(batch, rows, cache, first);
    }
  }

  private void read(List<PromptGroup> groups, List<Row> rows, IValue cache, int first) {
    int[] seats = groups.stream().flatMapToInt(g -> Arrays.stream(g.members())).toArray();
    int[] sources =
        IntStream.range(0, groups.size())
            .flatMap(p -> Arrays.stream(groups.get(p).members()).map(s -> p))
            .toArray();
    List<int[]> prompts = groups.stream().map(PromptGroup::prompt).toList();
    PackedBatch batch = PackedBatch.ofPrompts(prompts, network.shape());
    try (NDManager step = network.step();
        Call call = network.call("prefill")) {
      call.share(network.views());
      call.add(batch.layout(network, step));
      call.add(step.create(batch.lastPlaces()));
      IValue[] parts = call.runTuple();
      int[] targets = Arrays.stream(seats).map(s -> s + first).toArray();
      Seating.place(network, cache, targets, parts[1], sources, batch.promptLength());
      sample(parts[0], sources, Arrays.stream(seats).mapToObj(rows::get).toList(), step);
    }
  }

  private void sample(IValue logits, int[] sources, List<Row> rows, NDManager step) {
    float[] uniform = new float[rows.size()];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = rows.get(i).draw();
    }
    long[] from = Arrays.stream(sources).asLongStream().toArray();
    try (Call call = network.call("first")) {
      call.share(logits).add(step.create(from));
      call.add(Choice.of(rows, network.shape().vocabulary(), step));
      call.add(step.create(uniform, new Shape(uniform.length, 1)));
      IValue[] parts = call.add(Choice.mode(rows)).runTuple();
      long[] tokens = Network.array(parts[0], step).toLongArray();
      float[] logProbs = Network.array(parts[1], step).toFloatArray();
      for (int i = 0; i < tokens.length; i++) {
        rows.get(i).append((int) tokens[i], logProbs[i], endToken);
      }
    }
  }
}
