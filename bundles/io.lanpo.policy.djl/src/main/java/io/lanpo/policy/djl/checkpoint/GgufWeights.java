package io.lanpo.policy.djl.checkpoint;

import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.libs.gguf.GgufTensor;
import io.lanpo.policy.djl.model.WeightPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of a GGUF file as transformers names and orders them. */
final class GgufWeights {
  private static final Pattern OF_BLOCK =
      Pattern.compile("blk\\.(\\d{1,5})\\.(\\w+)\\.(weight|bias)");

  private static final Map<String, String> IN_BLOCK =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));

  private static final Map<String, String> OUTSIDE =
      Map.of(
          GgufConfig.EMBEDDING,
          WeightPlan.EMBEDDING,
          "output_norm.weight",
          "model.norm.weight",
          GgufConfig.HEAD,
          "lm_head.weight");

  private GgufWeights() {}

  /** The tensors by the names of transformers; one that is not known keeps its own. */
  static Map<String, WeightTensor> of(GgufFile file) {
    GgufConfig config = new GgufConfig(file);
    int turned = config.turnsHeads() ? config.headWidth() : 0;
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (GgufTensor tensor : file.tensors().values()) {
      String name = name(tensor.name());
      boolean rotated = name.endsWith(".q_proj.weight") || name.endsWith(".k_proj.weight");
      tensors.put(name, new Named(tensor, name, rotated ? turned : 0));
    }
    tensors.remove(GgufConfig.FREQUENCIES);
    if (config.tied() && file.tensors().containsKey(GgufConfig.HEAD)) {
      // one matrix, rounded twice: the finer copy is both
      tensors.remove("lm_head.weight");
      tensors.put(
          WeightPlan.EMBEDDING, new Named(config.finerEmbedding(), WeightPlan.EMBEDDING, 0));
    }
    return tensors;
  }

  private static String name(String written) {
    Matcher block = OF_BLOCK.matcher(written);
    if (block.matches() && IN_BLOCK.containsKey(block.group(2))) {
      return "model.layers.%s.%s.%s"
          .formatted(
              block.group(1), Objects.requireNonNull(IN_BLOCK.get(block.group(2))), block.group(3));
    }
    return OUTSIDE.getOrDefault(written, written);
  }

  /**
   * A tensor under another name.
   *
   * @param head rows of a head whose pairs for the rotations stand side by side, as llama.cpp has
   *     them for Llama, and not half a head apart; 0 where nothing is turned
   */
  private record Named(GgufTensor tensor, String name, int head) implements WeightTensor {
    @Override
    public Path file() {
      return tensor.file();
    }

    @Override
    public long[] shape() {
      return tensor.shape();
    }

    @Override
    public String storedAs() {
      return tensor.type().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public float[] read(long from, int count) {
      if (head == 0) {
        return tensor.read(from, count);
      }
      int row = Math.toIntExact(shape()[1]);
      long unit = (long) head * row;
      long first = from / unit * unit;
      long last = (from + count + unit - 1) / unit * unit;
      float[] read = tensor.read(first, Math.toIntExact(last - first));
      float[] turned = new float[read.length];
      for (int i = 0; i < read.length / row; i++) {
        int within = i % head;
        int apart = i - within + within / 2 + within % 2 * (head / 2);
        System.arraycopy(read, i * row, turned, apart * row, row);
      }
      int skip = (int) (from - first);
      return Arrays.copyOfRange(turned, skip, skip + count);
    }
  }
}
