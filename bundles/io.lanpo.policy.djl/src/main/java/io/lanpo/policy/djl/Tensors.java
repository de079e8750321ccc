package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import io.lanpo.policy.djl.WeightPlan.Part;
import io.lanpo.policy.djl.WeightPlan.Weight;
import java.util.Arrays;

/**
 * Moves a flat buffer into the tensors of a checkpoint and back. A checkpoint keeps the two columns
 * that RoPE turns together half a head apart, the buffer keeps them side by side.
 */
final class Tensors {
  private final Network network;

  Tensors(Network network) {
    this.network = network;
  }

  /** Adds every tensor of a buffer to a file, their names behind a prefix. */
  void write(NDArray buffer, String prefix, SafetensorsWriter file) {
    for (Weight weight : network.plan().weights()) {
      for (Part part : weight.parts()) {
        file.add(prefix + part.name(), () -> values(buffer, weight, part), shape(weight, part));
      }
    }
  }

  /** Fills a buffer from a file. */
  void read(NDArray buffer, String prefix, SafetensorsReader file) {
    for (Weight weight : network.plan().weights()) {
      for (Part part : weight.parts()) {
        float[] values = file.read(prefix + part.name(), shape(weight, part));
        int row = rowLength(weight);
        network.store(
            buffer, weight.offset() + part.row() * row, reordered(values, row, part, false));
      }
    }
  }

  private float[] values(NDArray buffer, Weight weight, Part part) {
    int row = rowLength(weight);
    int offset = weight.offset() + part.row() * row;
    return reordered(network.load(buffer, offset, part.rows() * row), row, part, true);
  }

  private static long[] shape(Weight weight, Part part) {
    return weight.columns() == 0
        ? new long[] {part.rows()}
        : new long[] {part.rows(), weight.columns()};
  }

  private static int rowLength(Weight weight) {
    return Math.max(1, weight.columns());
  }

  /** Rows 0, 1, 2, 3, … of a head stand for rows 0, E/2, 1, E/2 + 1, … of the checkpoint's. */
  private static float[] reordered(float[] values, int row, Part part, boolean out) {
    if (part.heads() == 0) {
      return values;
    }
    float[] result = Arrays.copyOf(values, values.length);
    int head = part.rows() / part.heads();
    for (int i = 0; i < part.rows(); i++) {
      int within = i % head;
      int apart = i - within + within / 2 + within % 2 * (head / 2);
      int from = out ? i : apart;
      int to = out ? apart : i;
      System.arraycopy(values, from * row, result, to * row, row);
    }
    return result;
  }
}
