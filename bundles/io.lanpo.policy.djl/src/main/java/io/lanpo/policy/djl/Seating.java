package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
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

  /** Most columns for new tokens at first. */
  private static final int FIRST_ROOM = 256;

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
  private final long mode;
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
    mode = Choice.mode(rows);
    mask = Network.value(mask());
    choice = Network.value(Choice.of(rows, network.shape().vocabulary(), manager));
    try (Call call = network.call("cache")) {
      cache = call.share(network.views()).add(rows.size()).add(capacity).keep();
    }
  }

  static Seating empty(Network network, int prefillBudget, int endToken) {
    return new Seating(network, prefillBudget, endToken, List.of(), new int[0], 0, 0, 0);
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
    int room = Math.min(remaining, FIRST_ROOM);
    Seating next =
        new Seating(network, prefillBudget, endToken, all, lengths, wider, wider + room, wider);
    next.blank();
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
    return resized(capacity);
  }

  /** As {@link #compacted}, with room for as many columns again. */
  Seating grown() {
    int remaining = rows.stream().mapToInt(Row::remaining).max().orElse(0);
    return resized(capacity + Math.min(remaining, capacity));
  }

  private Seating resized(int columns) {
    int[] kept = writingRows();
    List<Row> left = Arrays.stream(kept).mapToObj(rows::get).toList();
    int[] lengths = Arrays.stream(kept).map(i -> prefix[i]).toArray();
    Seating next =
        new Seating(network, prefillBudget, endToken, left, lengths, base, columns, column);
    if (kept.length > 0) {
      place(network, next.cache, IntStream.range(0, kept.length).toArray(), cache, kept, column);
    }
    close();
    return next;
  }

  /** Clears what masks may hide, because a product with what is not a number is none either. */
  private void blank() {
    try (Call call = network.call("blank")) {
      call.share(cache).add(Arrays.stream(prefix).min().orElse(0)).add(base).run();
    }
  }

  private int[] writingRows() {
    return IntStream.range(0, rows.size()).filter(i -> !rows.get(i).done()).toArray();
  }

  /** Copies the first columns of rows of one cache to rows of another. */
  static void place(
      Network network, IValue to, int[] targets, IValue from, int[] rows, int columns) {
    try (NDManager step = network.step();
        Call call = network.call("place")) {
      call.share(to).add(step.create(longs(targets)));
      call.share(from).add(step.create(longs(rows))).add(columns).run();
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
        Call call = network.call("move")) {
      call.share(next.cache).add(step.create(targets));
      call.share(cache).add(step.create(longs(kept)));
      call.add(step.create(columns, new Shape(kept.length, width))).run();
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
        Call call = network.call("decode")) {
      call.share(network.views()).share(network.matrices(rows.size())).share(cache);
      call.add(lastTokens(step)).add(step.create(positions)).add(network.rotations(furthest));
      call.share(mask).add(masked).add(column).add(steps).share(choice);
      call.add(step.create(uniform, new Shape(steps, rows.size()))).add(mode);
      append(call.runTuple(), steps, idle, step);
    }
    column += steps;
  }

  private void append(IValue[] parts, int steps, boolean[] idle, NDManager step) {
    long[] tokens = Network.array(parts[0], step).toLongArray();
    float[] logProbs = Network.array(parts[1], step).toFloatArray();
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
