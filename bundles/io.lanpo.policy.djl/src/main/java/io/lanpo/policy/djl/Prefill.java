package io.lanpo.policy.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads prompts, each one once for all its completions, and samples the first tokens. */
final class Prefill {
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

  /** A prompt by its content. */
  private record Prompt(int[] tokens) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Prompt prompt && Arrays.equals(tokens, prompt.tokens);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tokens);
    }
  }

  /**
   * @param rows rows without a token yet
   * @param cache receives their keys and values
   * @param first the seat of the first row
   */
  void read(List<Row> rows, IValue cache, int first) {
    Map<Prompt, List<Integer>> sharing = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Prompt prompt = new Prompt(rows.get(i).request().prompt());
      sharing.computeIfAbsent(prompt, p -> new ArrayList<>()).add(i);
    }
    List<Prompt> prompts = List.copyOf(sharing.keySet());
    for (int[] batch : Batches.of(prompts, p -> p.tokens().length, budget)) {
      List<Prompt> part = Arrays.stream(batch).mapToObj(prompts::get).toList();
      List<int[]> seats = new ArrayList<>();
      for (Prompt prompt : part) {
        List<Integer> indices = sharing.getOrDefault(prompt, List.of());
        seats.add(indices.stream().mapToInt(Integer::intValue).toArray());
      }
      read(part, seats, rows, cache, first);
    }
  }

  private void read(
      List<Prompt> prompts, List<int[]> seats, List<Row> rows, IValue cache, int first) {
    int columns = prompts.stream().mapToInt(p -> p.tokens().length).max().orElseThrow();
    int[] sources =
        IntStream.range(0, prompts.size())
            .flatMap(p -> Arrays.stream(seats.get(p)).map(s -> p))
            .toArray();
    int[] targets = seats.stream().flatMapToInt(Arrays::stream).toArray();
    try (NDManager step = network.step();
        IValue ids = Network.value(step.create(inputs(prompts, columns), shape(prompts, columns)));
        IValue rotations = Network.value(network.rotations(columns));
        IValue last = Network.value(step.create(lastPlaces(prompts, columns)));
        IValue result = network.run("prefill", network.views(), ids, rotations, last)) {
      IValue[] parts = result.toIValueTuple();
      try {
        Seating.place(network, cache, offset(targets, first), parts[1], sources, columns);
        sample(parts[0], sources, Arrays.stream(targets).mapToObj(rows::get).toList(), step);
      } finally {
        for (IValue part : parts) {
          part.close();
        }
      }
    }
  }

  private static int[] offset(int[] targets, int first) {
    return Arrays.stream(targets).map(t -> t + first).toArray();
  }

  private Shape shape(List<Prompt> prompts, int columns) {
    return new Shape(prompts.size(), columns, new Ngrams(network.shape()).width());
  }

  private long[] inputs(List<Prompt> prompts, int columns) {
    Ngrams ngrams = new Ngrams(network.shape());
    long[] ids = new long[prompts.size() * columns * ngrams.width()];
    int at = 0;
    for (Prompt prompt : prompts) {
      int[] tokens = prompt.tokens();
      for (int place = 0; place < columns; place++, at += ngrams.width()) {
        if (place < tokens.length) {
          ngrams.write(i -> tokens[i], place, ids, at);
        } else {
          ngrams.pad(ids, at);
        }
      }
    }
    return ids;
  }

  private static long[] lastPlaces(List<Prompt> prompts, int columns) {
    return IntStream.range(0, prompts.size())
        .mapToLong(p -> (long) p * columns + prompts.get(p).tokens().length - 1)
        .toArray();
  }

  private void sample(IValue logits, int[] sources, List<Row> rows, NDManager step) {
    float[] uniform = new float[rows.size()];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = rows.get(i).draw();
    }
    int mode = rows.stream().allMatch(r -> Seating.plain(r.request().sampling())) ? 0 : 1;
    long[] from = Arrays.stream(sources).asLongStream().toArray();
    try (IValue index = Network.value(step.create(from));
        IValue choice = Network.value(Choice.of(rows, network.shape().vocabulary(), step));
        IValue u = Network.value(step.create(uniform, new Shape(uniform.length, 1)));
        IValue kind = IValue.from((long) mode);
        IValue result = network.run("first", logits, index, choice, u, kind)) {
      IValue[] parts = result.toIValueTuple();
      long[] tokens = Network.array(parts[0], step).toLongArray();
      float[] logProbs = Network.array(parts[1], step).toFloatArray();
      for (IValue part : parts) {
        part.close();
      }
      for (int i = 0; i < tokens.length; i++) {
        rows.get(i).append((int) tokens[i], logProbs[i], endToken);
      }
    }
  }
}
