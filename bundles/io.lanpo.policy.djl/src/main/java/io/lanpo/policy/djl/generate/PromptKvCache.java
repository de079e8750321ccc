package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;

/**
 * Keys and values of prompts: {@code [L, 2, P, K, T, E]}, with the mask {@code [P, T]} of padding.
 */
final class PromptKvCache implements AutoCloseable {
  private final Network network;
  private final int[] lengths;
  private final int columns;
  private final IValue values;
  private final IValue mask;
  private final NDManager manager;

  private PromptKvCache(Network network, int[] lengths, int columns, IValue values) {
    this.network = network;
    this.lengths = lengths;
    this.columns = columns;
    this.values = values;
    manager = network.step();
    float[] hidden = new float[lengths.length * columns];
    for (int p = 0; p < lengths.length; p++) {
      int begin = p * columns;
      Arrays.fill(hidden, begin + lengths[p], begin + columns, Float.NEGATIVE_INFINITY);
    }
    mask = ScriptCall.value(manager.create(hidden, new Shape(lengths.length, columns)));
  }

  /**
   * An empty bank.
   *
   * @param lengths the prompts' lengths in tokens, at least one prompt
   */
  static PromptKvCache of(Network network, int[] lengths) {
    int columns = Arrays.stream(lengths).max().orElseThrow();
    try (ScriptCall call = network.call("bank")) {
      IValue values = call.share(network.views()).add(lengths.length).add(columns).keep();
      return new PromptKvCache(network, lengths, columns, values);
    }
  }

  /** Some of this bank's prompts; the columns stay. */
  PromptKvCache select(int[] prompts) {
    try (NDManager step = network.step();
        ScriptCall call = network.call("select")) {
      IValue chosen = call.share(values).add(step.create(longs(prompts))).keep();
      int[] left = Arrays.stream(prompts).map(p -> lengths[p]).toArray();
      return new PromptKvCache(network, left, columns, chosen);
    }
  }

  /** Fills prompts from another bank's values. */
  void place(int[] targets, IValue source, int[] rows) {
    try (NDManager step = network.step();
        ScriptCall call = network.call("place")) {
      call.share(values).add(step.create(longs(targets)));
      call.share(source).add(step.create(longs(rows))).run();
    }
  }

  /** Number of prompts, {@code P}. */
  int prompts() {
    return lengths.length;
  }

  int length(int prompt) {
    return lengths[prompt];
  }

  /** Columns, {@code T}. */
  int columns() {
    return columns;
  }

  /** Whether a prompt is shorter than the bank has columns. */
  boolean masked() {
    return Arrays.stream(lengths).anyMatch(l -> l < columns);
  }

  IValue values() {
    return values;
  }

  IValue mask() {
    return mask;
  }

  static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  @Override
  public void close() {
    values.close();
    mask.close();
    manager.close();
  }
}
