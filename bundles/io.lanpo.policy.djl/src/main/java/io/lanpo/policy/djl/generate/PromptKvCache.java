package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;

/**
 * Keys and values of prompts, {@code [L, 2, P, K, T, E]}: layers, keys or values, prompts,
 * key/value heads, tokens, width of a head; with the mask {@code [P, T]} of padding, {@code [P, 0]}
 * when nothing is padded. Where prompts have common prefixes, it holds what follows these, and
 * another cache the prefixes.
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
    mask =
        ScriptCall.value(
            padded() ? mask(lengths, columns) : manager.zeros(new Shape(lengths.length, 0)));
  }

  private NDArray mask(int[] lengths, int columns) {
    float[] hidden = new float[lengths.length * columns];
    for (int p = 0; p < lengths.length; p++) {
      int begin = p * columns;
      Arrays.fill(hidden, begin + lengths[p], begin + columns, Float.NEGATIVE_INFINITY);
    }
    return manager.create(hidden, new Shape(lengths.length, columns));
  }

  private boolean padded() {
    return Arrays.stream(lengths).anyMatch(l -> l < columns);
  }

  /**
   * An empty cache.
   *
   * @param lengths the prompts' lengths in tokens, at least one prompt
   */
  static PromptKvCache of(Network network, int[] lengths) {
    int columns = Arrays.stream(lengths).max().orElseThrow();
    try (ScriptCall call = network.call("prompt_cache")) {
      IValue values = call.share(network.operands()).add(lengths.length).add(columns).keep();
      return new PromptKvCache(network, lengths, columns, values);
    }
  }

  /** A copy of some prompts, as wide as this one. */
  PromptKvCache select(int[] prompts) {
    try (NDManager step = network.step();
        ScriptCall call = network.call("select_prompts")) {
      IValue chosen = call.share(values).add(step.create(longs(prompts))).keep();
      int[] left = Arrays.stream(prompts).map(p -> lengths[p]).toArray();
      return new PromptKvCache(network, left, columns, chosen);
    }
  }

  /**
   * Fills prompts from another cache's values.
   *
   * @param targets prompts to fill
   * @param source another cache's values
   * @param prompts which of its prompts
   */
  void fill(int[] targets, IValue source, int[] prompts) {
    try (NDManager step = network.step();
        ScriptCall call = network.call("fill_prompts")) {
      call.share(values).add(step.create(longs(targets)));
      call.share(source).add(step.create(longs(prompts))).run();
    }
  }

  /** Tokens of a prompt. */
  int length(int prompt) {
    return lengths[prompt];
  }

  /** Tokens to which prompts are padded, {@code T}. */
  int columns() {
    return columns;
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
