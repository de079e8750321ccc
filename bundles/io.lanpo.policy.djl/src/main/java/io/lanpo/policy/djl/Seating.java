package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.policy.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that are written in lockstep, with their cache of keys and values.
 *
 * <p>A row's tokens so far fill the first columns of its cache; the columns from there to {@code
 * base} are masked. From {@code base} on, all rows write into the same column at a time. The cache
 * holds a row's tokens without the last one, which the next step reads.
 */
final class Seating implements AutoCloseable {
  /** Columns are padded to whole vectors, so that sums run in the same order in every batch. */
  private static final int COLUMN_STEP = 16;

  /** Fewest columns for new tokens. */
  private static final int LEAST_ROOM = 32;

  /** Rows times tokens of one call; small batches take several tokens at a time. */
  private static final int CALL_SIZE = 64;

  private static final int LONGEST_CALL = 8;

  private final Network network;
  private final int prefillBudget;
  private final int endToken;
  private final List<Row> rows;
  private final int[] prefix;
  private final int base;
  private final int capacity;
  private final NDManager manager;
  private final IValue cache;
  private final IValue choice;
  private final IValue mask;
  private final boolean masked;
  private final int mode;
  private int column;

  private Seating(
      Network network,
      int prefillBudget,
      int endToken,
      List<Row> rows,
      int[] prefix,
      int base,
      int capacity,
      int column) {
    this.network = network;
    this.prefillBudget = prefillBudget;
    this.endToken = endToken;
    this.rows = rows;
    this.prefix = prefix;
    this.base = base;
    this.capacity = capacity;
    this.column = column;
    manager = network.step();
    masked = Arrays.stream(prefix).anyMatch(p -> p < base);
    mode = rows.stream().allMatch(r -> plain(r.request().sampling())) ? 0 : 1;
    mask = Network.value(mask());
    choice = Network.value(Choice.of(rows, network.shape().vocabulary(), manager));
    try (IValue count = IValue.from((long) rows.size());
        IValue columns = IValue.from((long) capacity)) {
      cache = network.run("cache", network.views(), count, columns);
    }
  }

  static Seating empty(Network network, int prefillBudget, int endToken) {
    return new Seating(network, prefillBudget, endToken, List.of(), new int[0], 0, 0, 0);
  }

  /** Whether nothing but the temperature shapes the distribution. */
  static boolean plain(Sampling sampling) {
    return sampling.temperature() > 0 && sampling.topK() == 0 && sampling.topP() == 1;
  }

  /** Seats, those of rows that are done included. */
  int size() {
    return rows.size();
  }

  /** Rows that are not done. */
  int writing() {
    return (int) rows.stream().filter(r -> !r.done()).count();
  }

  /** Whether there is no column left to write to. */
  boolean full() {
    return column == capacity;
  }

  /** A seating of the rows that are not done and of new ones, which have read their prompts. */
  Seating with(List<Row> admitted) {
    int[] kept = writingRows();
    List<Row> all =
        java.util.stream.Stream.concat(Arrays.stream(kept).mapToObj(rows::get), admitted.stream())
            .toList();
    int[] lengths = all.stream().mapToInt(r -> r.length() - 1).toArray();
    for (int i = kept.length; i < lengths.length; i++) {
      lengths[i]++;
    }
    int longest = Arrays.stream(lengths).max().orElse(0);
    int wider = (longest + COLUMN_STEP - 1) / COLUMN_STEP * COLUMN_STEP;
    int remaining = all.stream().mapToInt(Row::remaining).max().orElse(0);
    int room = Math.min(remaining, Math.max(LEAST_ROOM, wider));
    Seating next =
        new Seating(network, prefillBudget, endToken, all, lengths, wider, wider + room, wider);
    if (kept.length > 0) {
      moveTo(next, kept);
    }
    close();
    if (!admitted.isEmpty()) {
      new Prefill(network, prefillBudget, endToken).read(admitted, next.cache, kept.length);
    }
    return next;
  }

  /** The same columns for the rows that are not done. */
  Seating compacted() {
    int[] kept = writingRows();
    List<Row> left = Arrays.stream(kept).mapToObj(rows::get).toList();
    int[] lengths = Arrays.stream(kept).map(i -> prefix[i]).toArray();
    Seating next =
        new Seating(network, prefillBudget, endToken, left, lengths, base, capacity, column);
    if (kept.length > 0) {
      place(network, next.cache, IntStream.range(0, kept.length).toArray(), cache, kept, column);
    }
    close();
    return next;
  }

  private int[] writingRows() {
    return IntStream.range(0, rows.size()).filter(i -> !rows.get(i).done()).toArray();
  }

  /** Copies the first columns of rows of one cache to rows of another. */
  static void place(
      Network network, IValue to, int[] targets, IValue from, int[] rows, int columns) {
    try (NDManager step = network.step();
        IValue target = Network.value(step.create(longs(targets)));
        IValue source = Network.value(step.create(longs(rows)));
        IValue count = IValue.from((long) columns)) {
      network.run("place", to, target, from, source, count).close();
    }
  }

  /** Copies rows so that each one's tokens fill its first columns. */
  private void moveTo(Seating next, int[] kept) {
    int width = Arrays.stream(next.prefix, 0, kept.length).max().orElseThrow();
    long[] columns = new long[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      int own = prefix[kept[i]];
      for (int j = 0; j < next.prefix[i]; j++) {
        columns[i * width + j] = j < own ? j : base + j - own;
      }
    }
    long[] targets = IntStream.range(0, kept.length).asLongStream().toArray();
    try (NDManager step = network.step();
        IValue target = Network.value(step.create(targets));
        IValue source = Network.value(step.create(longs(kept)));
        IValue places = Network.value(step.create(columns, new Shape(kept.length, width)))) {
      network.run("move", next.cache, target, cache, source, places).close();
    }
  }

  /** Writes the next tokens of every row; rows that end meanwhile ignore what follows. */
  void decode() {
    int active = writing();
    if (active == 0) {
      return;
    }
    int most = rows.stream().filter(r -> !r.done()).mapToInt(Row::remaining).max().orElseThrow();
    int steps = Math.max(1, Math.min(LONGEST_CALL, CALL_SIZE / rows.size()));
    steps = Math.min(steps, Math.min(most, capacity - column));
    boolean[] idle = new boolean[rows.size()];
    long[] positions = new long[rows.size()];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = rows.get(i).done();
      positions[i] = idle[i] ? 0 : rows.get(i).length() - 1;
    }
    int furthest = (int) Arrays.stream(positions).max().orElseThrow() + steps;
    float[] uniform = uniform(steps, idle);
    try (NDManager step = network.step();
        IValue ids = Network.value(lastTokens(step));
        IValue places = Network.value(step.create(positions));
        IValue rotations = Network.value(network.rotations(furthest));
        IValue gaps = IValue.from(masked);
        IValue first = IValue.from((long) column);
        IValue count = IValue.from((long) steps);
        IValue u = Network.value(step.create(uniform, new Shape(steps, rows.size())));
        IValue kind = IValue.from((long) mode);
        IValue result =
            network.run(
                "decode",
                network.views(),
                cache,
                ids,
                places,
                rotations,
                mask,
                gaps,
                first,
                count,
                choice,
                u,
                kind)) {
      append(result, steps, idle, step);
    }
    column += steps;
  }

  private void append(IValue result, int steps, boolean[] idle, NDManager step) {
    IValue[] parts = result.toIValueTuple();
    long[] tokens = Network.array(parts[0], step).toLongArray();
    float[] logProbs = Network.array(parts[1], step).toFloatArray();
    for (IValue part : parts) {
      part.close();
    }
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < idle.length; i++) {
        Row row = rows.get(i);
        int at = t * idle.length + i;
        if (!row.done()) {
          row.append((int) tokens[at], logProbs[at], endToken);
        }
      }
    }
  }

  private float[] uniform(int steps, boolean[] idle) {
    float[] uniform = new float[steps * idle.length];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < idle.length; i++) {
        uniform[t * idle.length + i] = idle[i] ? 0 : rows.get(i).draw();
      }
    }
    return uniform;
  }

  private NDArray lastTokens(NDManager step) {
    Ngrams ngrams = new Ngrams(network.shape());
    long[] ids = new long[rows.size() * ngrams.width()];
    int at = 0;
    for (Row row : rows) {
      ngrams.write(row::token, row.length() - 1, ids, at);
      at += ngrams.width();
    }
    return step.create(ids, new Shape(rows.size(), ngrams.width()));
  }

  /** {@code [B, C]} minus infinity between a row's first columns and {@code base}. */
  private NDArray mask() {
    float[] values = new float[rows.size() * capacity];
    for (int i = 0; i < rows.size(); i++) {
      Arrays.fill(values, i * capacity + prefix[i], i * capacity + base, Float.NEGATIVE_INFINITY);
    }
    return manager.create(values, new Shape(rows.size(), capacity));
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  @Override
  public void close() {
    cache.close();
    choice.close();
    mask.close();
    manager.close();
  }
}
