package io.lanpo.policy.djl.model;

import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.DecoderShape.Norm;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each weight of a decoder is in one flat buffer, and which tensors of a checkpoint it holds.
 *
 * <p>One buffer lets the optimiser, the gradient's norm and a checkpoint's arithmetic run as single
 * operations. Matrices that are multiplied with the same input are packed into one: queries, keys
 * and values; gate and up; the embeddings of a token and of those before it.
 *
 * <p>RoPE turns pairs of columns. Checkpoints keep the halves of a pair half a head apart; here
 * they are neighbours, so that a rotation is one multiplication of complex numbers. {@link
 * Part#heads} says which rows are reordered when a checkpoint is read or written.
 */
public final class WeightPlan {
  /** Floats to which every weight is aligned: one cache line. */
  private static final int ALIGNMENT = 16;

  /** The tensor of the tokens' embedding. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** Weights, in floats, that do not stay in a processor's caches from one token to the next. */
  private static final long LARGE = 1L << 23;

  private final List<Weight> weights = new ArrayList<>();
  private final DecoderShape shape;
  private final int layerStride;
  private final int firstLayer;
  private final int finalNorm;
  private long elements;

  /**
   * A weight in the buffer.
   *
   * @param name for messages
   * @param offset where it begins, in floats
   * @param rows its rows, or its length when it is a vector
   * @param columns its columns; 0 for a vector
   * @param role what it does, which decides how it is initialised
   * @param parts the tensors of a checkpoint that it holds, one after the other by rows
   */
  public record Weight(
      String name, long offset, int rows, int columns, Role role, List<Part> parts) {
    public int size() {
      return Math.multiplyExact(rows, Math.max(1, columns));
    }

    /** Whether weight decay is for it: it is for matrices, not for norms and biases. */
    public boolean decays() {
      return columns > 0;
    }
  }

  /**
   * A tensor of a checkpoint.
   *
   * @param name its name there
   * @param row its first row within the weight
   * @param rows its rows
   * @param heads number of heads whose rows are kept as neighbouring pairs; 0 when nothing is
   *     turned
   */
  public record Part(String name, int row, int rows, int heads) {}

  /** What a weight does. */
  public enum Role {
    EMBEDDING,
    MATRIX,
    /** A matrix whose output is added to the residual stream. */
    RESIDUAL,
    SCALE,
    BIAS
  }

  /**
   * @throws ArithmeticException when a weight has 2^31 numbers or more
   */
  public WeightPlan(DecoderShape shape) {
    this.shape = shape;
    int width = shape.width();
    int vocabulary = shape.vocabulary();
    List<Part> tables = new ArrayList<>();
    tables.add(new Part(EMBEDDING, 0, vocabulary, 0));
    for (int back = 1; back <= shape.previousTokens(); back++) {
      String name = "model.embed_previous." + back + ".weight";
      tables.add(new Part(name, back * vocabulary, vocabulary, 0));
    }
    add("embedding", Math.multiplyExact(tables.size(), vocabulary), width, Role.EMBEDDING, tables);
    firstLayer = weights.size();
    for (int layer = 0; layer < shape.layers(); layer++) {
      addLayer("model.layers." + layer + ".");
    }
    layerStride = (weights.size() - firstLayer) / shape.layers();
    finalNorm = weights.size();
    addNorm("model.norm");
    if (!shape.tiedHead()) {
      add("lm_head.weight", vocabulary, width, Role.MATRIX);
    }
  }

  private void addLayer(String layer) {
    int width = shape.width();
    int inner = shape.feedForward();
    int attention = Math.multiplyExact(shape.heads(), shape.headWidth());
    int twice = Math.multiplyExact(2, inner);
    addNorm(layer + "input_layernorm");
    add(layer + "qkv", shape.packed(), width, Role.MATRIX, projections(layer, ".weight"));
    if (shape.qkvBias()) {
      add(layer + "qkv.bias", shape.packed(), 0, Role.BIAS, projections(layer, ".bias"));
    }
    if (shape.qkNorm()) {
      for (String which : List.of("q", "k")) {
        String name = layer + "self_attn." + which + "_norm.weight";
        Part part = new Part(name, 0, shape.headWidth(), 1);
        add(name, shape.headWidth(), 0, Role.SCALE, List.of(part));
      }
    }
    add(layer + "self_attn.o_proj.weight", width, attention, Role.RESIDUAL);
    addNorm(layer + "post_attention_layernorm");
    if (shape.mlp() == Mlp.GATED_SILU) {
      add(layer + "gate_up", twice, width, Role.MATRIX, gateAndUp(layer, ".weight"));
      if (shape.mlpBias()) {
        add(layer + "gate_up.bias", twice, 0, Role.BIAS, gateAndUp(layer, ".bias"));
      }
    } else {
      add(layer + "mlp.up_proj.weight", inner, width, Role.MATRIX);
      if (shape.mlpBias()) {
        add(layer + "mlp.up_proj.bias", inner, 0, Role.BIAS);
      }
    }
    add(layer + "mlp.down_proj.weight", width, inner, Role.RESIDUAL);
    if (shape.mlpBias()) {
      add(layer + "mlp.down_proj.bias", width, 0, Role.BIAS);
    }
  }

  private List<Part> projections(String layer, String suffix) {
    int queries = shape.heads() * shape.headWidth();
    int keys = shape.kvHeads() * shape.headWidth();
    String prefix = layer + "self_attn.";
    return List.of(
        new Part(prefix + "q_proj" + suffix, 0, queries, shape.heads()),
        new Part(prefix + "k_proj" + suffix, queries, keys, shape.kvHeads()),
        new Part(prefix + "v_proj" + suffix, queries + keys, keys, 0));
  }

  private List<Part> gateAndUp(String layer, String suffix) {
    int inner = shape.feedForward();
    return List.of(
        new Part(layer + "mlp.gate_proj" + suffix, 0, inner, 0),
        new Part(layer + "mlp.up_proj" + suffix, inner, inner, 0));
  }

  private void addNorm(String name) {
    add(name + ".weight", shape.width(), 0, Role.SCALE);
    if (shape.norm() == Norm.LAYER) {
      add(name + ".bias", shape.width(), 0, Role.BIAS);
    }
  }

  private void add(String name, int rows, int columns, Role role) {
    add(name, rows, columns, role, List.of(new Part(name, 0, rows, 0)));
  }

  private void add(String name, int rows, int columns, Role role, List<Part> parts) {
    Weight weight = new Weight(name, elements, rows, columns, role, List.copyOf(parts));
    weights.add(weight);
    elements = aligned(elements + weight.size());
  }

  /** The next place at which a weight may begin, in floats. */
  static long aligned(long place) {
    return (place + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** What the decoder looks like. */
  public DecoderShape shape() {
    return shape;
  }

  /** The weights in the order in which the script gets them. */
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  /** Length of the buffer in floats, alignment included. */
  public long elements() {
    return elements;
  }

  /** Whether the weights are too many to stay in a processor's caches. */
  public boolean large() {
    return elements >= LARGE;
  }

  /** Number of trained weights, alignment left out. */
  public long parameters() {
    return weights.stream().mapToLong(Weight::size).sum();
  }

  /** Index of the first weight of the first layer. */
  public int firstLayer() {
    return firstLayer;
  }

  /** Weights of one layer. */
  public int layerStride() {
    return layerStride;
  }

  /** Index of the last norm's weight. */
  public int finalNorm() {
    return finalNorm;
  }

  /**
   * Index of a weight of the first layer, counted from that layer's first, by the end of its name.
   */
  public int inLayer(String ending) {
    for (int i = 0; i < layerStride; i++) {
      if (weights.get(firstLayer + i).name().endsWith(ending)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no weight of a layer ends with " + ending);
  }
}
