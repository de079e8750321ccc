package io.lanpo.policy.djl.model;

import io.lanpo.policy.djl.model.WeightPlan.Part;
import io.lanpo.policy.djl.model.WeightPlan.Role;
import io.lanpo.policy.djl.model.WeightPlan.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the factors of {@link LoraConfig} are in one flat buffer. Every target of every block has
 * two: {@code A [rank, in]} and {@code B [out, rank]}, whose product is added to some rows of one
 * of the block's matrices. In checkpoints they have the names of the library PEFT.
 */
public final class AdapterPlan {
  private static final int MATRICES = 4;

  private final LoraConfig lora;
  private final List<Target> targets = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private long elements;

  /**
   * A target in each block.
   *
   * @param matrix which of the block's matrices: 0 queries, keys and values; 1 output; 2 gate and
   *     up; 3 down
   * @param from first of the matrix's rows
   * @param rows how many
   * @param index place of {@code A} among a block's factors; {@code B} follows
   */
  public record Target(int matrix, int from, int rows, int index) {}

  public AdapterPlan(DecoderShape shape, LoraConfig lora) {
    this.lora = lora;
    int width = shape.width();
    int inner = shape.feedForward();
    int queries = shape.heads() * shape.headWidth();
    int keys = shape.kvHeads() * shape.headWidth();
    for (int layer = 0; layer < shape.layers(); layer++) {
      add(layer, "self_attn.q_proj", 0, 0, queries, width, shape.heads());
      add(layer, "self_attn.k_proj", 0, queries, keys, width, shape.kvHeads());
      add(layer, "self_attn.v_proj", 0, queries + keys, keys, width, 0);
      add(layer, "self_attn.o_proj", 1, 0, width, queries, 0);
      add(layer, "mlp.gate_proj", 2, 0, inner, width, 0);
      add(layer, "mlp.up_proj", 2, inner, inner, width, 0);
      add(layer, "mlp.down_proj", 3, 0, width, inner, 0);
    }
  }

  private void add(
      int layer, String module, int matrix, int from, int rows, int columns, int heads) {
    if (!lora.targets().contains(module.substring(module.indexOf('.') + 1))) {
      return;
    }
    if (layer == 0) {
      targets.add(new Target(matrix, from, rows, weights.size()));
    }
    String name = "base_model.model.model.layers.%d.%s.lora_".formatted(layer, module);
    add(name + "A.weight", lora.rank(), columns, Role.MATRIX, 0);
    add(name + "B.weight", rows, lora.rank(), Role.BIAS, heads);
  }

  private void add(String name, int rows, int columns, Role role, int heads) {
    Weight weight =
        new Weight(name, elements, rows, columns, role, List.of(new Part(name, 0, rows, heads)));
    weights.add(weight);
    elements = WeightPlan.aligned(elements + weight.size());
  }

  public LoraConfig lora() {
    return lora;
  }

  /** The factors, block by block. */
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  /** Length of the buffer in floats, alignment included. */
  public long elements() {
    return elements;
  }

  /** Factors of one block. */
  public int layerStride() {
    return 2 * targets.size();
  }

  /** The targets on one of a block's matrices. */
  public List<Target> targets(int matrix) {
    if (matrix < 0 || matrix >= MATRICES) {
      throw new IllegalArgumentException("a block has matrices 0 to 3; got " + matrix);
    }
    return targets.stream().filter(target -> target.matrix() == matrix).toList();
  }
}
