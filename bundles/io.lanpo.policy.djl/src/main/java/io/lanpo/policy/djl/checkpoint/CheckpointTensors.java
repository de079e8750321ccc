package io.lanpo.policy.djl.checkpoint;

import ai.djl.ndarray.NDArray;
import io.lanpo.policy.djl.model.WeightPlan.Part;
import io.lanpo.policy.djl.model.WeightPlan.Weight;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Moves a flat buffer into the tensors of a checkpoint and back, a piece at a time. A checkpoint
 * keeps the two columns that RoPE turns together half a head apart, the buffer keeps them side by
 * side; a piece is therefore a number of whole heads.
 */
public final class CheckpointTensors {
  /** Floats of a piece: 4 MB. */
  private static final int PIECE = 1 << 20;

  private final Network network;
  private final List<Weight> weights;

  /** The weights of a decoder. */
  public CheckpointTensors(Network network) {
    this(network, network.plan().weights());
  }

  /**
   * @param weights the layout of the buffer
   */
  public CheckpointTensors(Network network, List<Weight> weights) {
    this.network = network;
    this.weights = weights;
  }

  /** Some rows of a tensor, and their offset in the buffer, in floats. */
  private record Piece(int row, int rows, long offset) {}

  /** Every tensor of a buffer, their names behind a prefix. */
  public List<SafetensorsWriter.Entry> entries(NDArray buffer, String prefix) {
    return entries(buffer, prefix, false);
  }

  /**
   * The same.
   *
   * @param half whether the buffer is in bf16, as its tensors then are
   */
  List<SafetensorsWriter.Entry> entries(NDArray buffer, String prefix, boolean half) {
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    for (Weight weight : weights) {
      for (Part part : weight.parts()) {
        entries.add(
            new SafetensorsWriter.Entry(
                prefix + part.name(),
                half ? StoredTensor.Type.BF16 : StoredTensor.Type.F32,
                shape(weight, part),
                into ->
                    pieces(weight, part).forEach(p -> into.accept(load(buffer, weight, part, p)))));
      }
    }
    return entries;
  }

  private float[] load(NDArray buffer, Weight weight, Part part, Piece piece) {
    int row = rowLength(weight);
    return reordered(network.load(buffer, piece.offset(), piece.rows() * row), row, part, true);
  }

  /** Fills a buffer from tensors that were checked. */
  void read(NDArray buffer, String prefix, Map<String, ? extends WeightTensor> tensors) {
    for (Weight weight : weights) {
      int row = rowLength(weight);
      for (Part part : weight.parts()) {
        WeightTensor tensor = Objects.requireNonNull(tensors.get(prefix + part.name()));
        for (Piece piece : pieces(weight, part)) {
          float[] values = tensor.readFinite((long) piece.row() * row, piece.rows() * row);
          network.store(buffer, piece.offset(), reordered(values, row, part, false));
        }
      }
    }
  }

  private static List<Piece> pieces(Weight weight, Part part) {
    int row = rowLength(weight);
    int unit = part.heads() == 0 ? 1 : part.rows() / part.heads();
    int most = Math.max(1, PIECE / row / unit) * unit;
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < part.rows(); from += most) {
      int rows = Math.min(most, part.rows() - from);
      pieces.add(new Piece(from, rows, weight.offset() + ((long) part.row() + from) * row));
    }
    return pieces;
  }

  /** The shape that a tensor has in a checkpoint. */
  static long[] shape(Weight weight, Part part) {
    return weight.columns() == 0
        ? new long[] {part.rows()}
        : new long[] {part.rows(), weight.columns()};
  }

  private static int rowLength(Weight weight) {
    return Math.max(1, weight.columns());
  }

  /** Rows 0, 1, 2, 3, … of a head are rows 0, E/2, 1, E/2 + 1, … of the checkpoint's. */
  private static float[] reordered(float[] values, int row, Part part, boolean out) {
    if (part.heads() == 0) {
      return values;
    }
    float[] result = new float[values.length];
    int head = part.rows() / part.heads();
    for (int i = 0; i < values.length / row; i++) {
      int within = i % head;
      int apart = i - within + within / 2 + within % 2 * (head / 2);
      int from = out ? i : apart;
      int to = out ? apart : i;
      System.arraycopy(values, from * row, result, to * row, row);
    }
    return result;
  }
}
