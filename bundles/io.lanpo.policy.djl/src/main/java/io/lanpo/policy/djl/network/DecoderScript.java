package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.DecoderShape.Norm;
import io.lanpo.policy.djl.model.WeightPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the TorchScript of a decoder: a text resource with the dimensions of a shape filled in.
 *
 * @param adapters the factors of adapters, if there are any
 * @param matmul how matrices are multiplied
 * @param recomputeAttention see {@link MemoryProfile}
 * @param int8 whether it can decode by products in int8
 */
record DecoderScript(
    DecoderShape shape,
    WeightPlan plan,
    AdapterPlan adapters,
    MatmulKind matmul,
    boolean recomputeAttention,
    boolean int8) {
  private static final List<String> PARTS =
      List.of("algebra", "forward", "training", "generation", "integers");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern SWITCH = Pattern.compile("(.*?) #([?!]) ([\\w-]+)");

  /** Tensors that the forward pass keeps for each layer. */
  private static final int KEPT = 17;

  /** Probabilities of the common prefix, of prompts and of completions. */
  private static final int KEPT_OF_ATTENTION = 3;

  private static final int KEPT_OF_HEAD_NORMS = 2;

  /** Tokens of a chunk of the cache, and chunks beyond which they are joined. */
  private static final int CHUNK_COLUMNS = 32;

  private static final int MAX_CHUNKS = 5;

  /** Columns whose probabilities are added up at a time, and vocabularies for which this pays. */
  private static final int BLOCK = 128;

  private static final int MIN_BLOCKED_VOCABULARY = 1024;

  /** Most probable tokens that top-k, top-p and min-p consider before they sort all. */
  private static final int CANDIDATES = 1024;

  /** Rows of the head whose gradient is computed at a time. */
  private static final int HEAD_ROWS = 4096;

  /** Logits that are sampled from at a time: 2 MB. */
  private static final int SAMPLED = 1 << 19;

  /** Moments that a step widens at a time. */
  private static final int PIECE = 1 << 20;

  /**
   * 2^16 divided by the golden ratio: its multiples modulo 2^16 come to every number once, and any
   * few of them in a row lie far apart.
   */
  private static final int GOLDEN = 40503;

  /** The largest float below one. */
  private static final float LARGEST_SHARE = Math.nextDown(1f);

  /** Multiplications below which PyTorch does without a library: {@code LinearAlgebra.cpp}, 400. */
  private static final int MIN_LIBRARY_PRODUCT = 400;

  /** The last of a block's matrices, see {@link AdapterPlan.Target#matrix}. */
  private static final int DOWN = 3;

  /** The methods of the decoder. */
  String methods() {
    return methods(PARTS);
  }

  /** The methods of some parts, the first of which all others need. */
  String methods(List<String> parts) {
    Map<String, String> placeholders = placeholders();
    Map<String, Boolean> switches = switches();
    StringBuilder source = new StringBuilder();
    for (String part : parts) {
      for (String line : resource(part + ".torchscript").split("\n")) {
        String kept = line.startsWith("#") ? "" : kept(line, switches);
        if (!kept.isBlank()) {
          source.append(
              PLACEHOLDER
                  .matcher(kept)
                  .replaceAll(m -> known(placeholders, m.group(1), Matcher::quoteReplacement)));
          source.append('\n');
        }
      }
    }
    return source.toString();
  }

  /** A line without its switch; empty when the switch is set the other way. */
  private static String kept(String line, Map<String, Boolean> switches) {
    Matcher matcher = SWITCH.matcher(line);
    if (!matcher.matches()) {
      return line;
    }
    boolean on = known(switches, matcher.group(3), value -> value);
    return on == matcher.group(2).equals("?") ? matcher.group(1) : "";
  }

  private static <T> T known(Map<String, T> values, String name, UnaryOperator<T> then) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("a script asks for " + name + ", which nothing fills in");
    }
    return then.apply(value);
  }

  private Map<String, Boolean> switches() {
    boolean gated = shape.mlp() == Mlp.GATED_SILU;
    Map<String, Boolean> switches = new TreeMap<>();
    boolean oneDnn = matmul == MatmulKind.ONEDNN;
    boolean half = matmul.half();
    boolean lora = adapters.lora().enabled();
    switches.put("lora", lora);
    switches.put("lora-half", lora && half);
    switches.put("lora-single", lora && !half);
    switches.put("adapted-down", !adapters.targets(DOWN).isEmpty());
    switches.put("gated-plain-down", gated && adapters.targets(DOWN).isEmpty());
    switches.put("recompute-attention", recomputeAttention);
    switches.put("onednn", oneDnn);
    switches.put("single", matmul == MatmulKind.SINGLE);
    switches.put("half", half);
    switches.put("half-onednn", matmul.halfByOneDnn());
    switches.put("half-plain", matmul == MatmulKind.HALF);
    switches.put("gated-half", gated && half);
    switches.put("relu-half", !gated && half);
    switches.put("qk-norm-half", shape.qkNorm() && half);
    switches.put("int8", int8);
    switches.put("half-int8", half && int8);
    switches.put("gated-int8", gated && int8);
    switches.put("relu-int8", !gated && int8);
    switches.put("qk-norm-int8", shape.qkNorm() && int8);
    switches.put("layer-norm", shape.norm() == Norm.LAYER);
    switches.put("gated", gated);
    switches.put("gated-onednn", gated && oneDnn);
    switches.put("relu-onednn", !gated && oneDnn);
    switches.put("mlp-bias", shape.mlpBias());
    switches.put("qkv-bias", shape.qkvBias());
    switches.put("qk-norm", shape.qkNorm());
    switches.put("qk-norm-onednn", shape.qkNorm() && oneDnn);
    switches.put("tied", shape.tiedHead());
    switches.put("padded", shape.tokens() < shape.vocabulary());
    switches.put("blocks", shape.tokens() >= MIN_BLOCKED_VOCABULARY);
    switches.put("previous-1", shape.previousTokens() >= 1);
    switches.put("previous-2", shape.previousTokens() >= 2);
    return switches;
  }

  private Map<String, String> placeholders() {
    Map<String, String> placeholders = new TreeMap<>();
    boolean gated = shape.mlp() == Mlp.GATED_SILU;
    put(placeholders, "V", shape.vocabulary());
    put(placeholders, "O", shape.tokens());
    put(placeholders, "D", shape.width());
    put(placeholders, "L", shape.layers());
    put(placeholders, "H", shape.heads());
    put(placeholders, "K", shape.kvHeads());
    put(placeholders, "G", shape.heads() / shape.kvHeads());
    put(placeholders, "E", shape.headWidth());
    put(placeholders, "A", shape.heads() * shape.headWidth());
    put(placeholders, "R", shape.rotated());
    put(placeholders, "F", shape.feedForward());
    put(placeholders, "ngram", 1 + shape.previousTokens());
    int more =
        (recomputeAttention ? 0 : KEPT_OF_ATTENTION) + (shape.qkNorm() ? KEPT_OF_HEAD_NORMS : 0);
    put(placeholders, "stored", KEPT + more);
    put(placeholders, "packingRows", MatrixPacking.MIN_ROWS);
    put(placeholders, "packedFrom", MatrixPacking.minRows(plan, adapters.lora()));
    put(placeholders, "headRows", HEAD_ROWS);
    put(placeholders, "gathered", MemoryProfile.GATHERED);
    put(placeholders, "sampledRows", Math.max(1, SAMPLED / shape.tokens()));
    put(placeholders, "piece", PIECE);
    put(placeholders, "golden", GOLDEN);
    put(placeholders, "chunk", CHUNK_COLUMNS);
    put(placeholders, "maxChunks", MAX_CHUNKS);
    put(placeholders, "block", BLOCK);
    put(placeholders, "blocks", shape.tokens() / BLOCK);
    put(placeholders, "candidates", Math.min(CANDIDATES, shape.tokens()));
    placeholders.put("largestShare", Float.toString(LARGEST_SHARE));
    int columns = (MIN_LIBRARY_PRODUCT + shape.headWidth() - 1) / shape.headWidth();
    put(placeholders, "minColumns", Math.min(CHUNK_COLUMNS, columns));
    put(placeholders, "matricesPacked", gated ? 5 : 4);
    placeholders.put("gated", gated && matmul == MatmulKind.ONEDNN ? "True" : "False");
    placeholders.put("single", matmul == MatmulKind.SINGLE ? "True" : "False");
    placeholders.put("epsilon", Double.toString(shape.normEpsilon()));
    placeholders.put("inverseD", Double.toString(1.0 / shape.width()));
    put(placeholders, "iLayers", plan.firstLayer());
    put(placeholders, "stride", plan.layerStride());
    put(placeholders, "iFinal", plan.finalNorm());
    put(placeholders, "iHead", plan.weights().size() - 1);
    put(placeholders, "iQkv", plan.inLayer("qkv"));
    put(placeholders, "iOut", plan.inLayer("o_proj.weight"));
    put(placeholders, "iMlpNorm", plan.inLayer("post_attention_layernorm.weight"));
    put(placeholders, "iUp", plan.inLayer(gated ? "gate_up" : "up_proj.weight"));
    put(placeholders, "iDown", plan.inLayer("down_proj.weight"));
    if (shape.qkNorm()) {
      put(placeholders, "iQNorm", plan.inLayer("q_norm.weight"));
      put(placeholders, "iKNorm", plan.inLayer("k_norm.weight"));
    }
    biases(placeholders, gated);
    placeholders.put("roundedInLayer", rounded(placeholders));
    sizes(placeholders, "sizes", "views", plan.weights(), plan.elements());
    adapters(placeholders);
    placeholders.put(
        "decayed", decayed(adapters.lora().enabled() ? adapters.weights() : plan.weights()));
    return placeholders;
  }

  /** Biases as expressions, {@code None} where the decoder has none. */
  private void biases(Map<String, String> placeholders, boolean gated) {
    String none = "None";
    String qkv = shape.qkvBias() ? bias(placeholders, "iQkvBias", "qkv.bias") : none;
    String up = gated ? "gate_up.bias" : "up_proj.bias";
    up = shape.mlpBias() ? bias(placeholders, "iUpBias", up) : none;
    String down = shape.mlpBias() ? bias(placeholders, "iDownBias", "down_proj.bias") : none;
    String part = "torch.narrow(" + up + ", 0, %d, " + shape.feedForward() + ")";
    placeholders.put("qkvBias", qkv);
    placeholders.put("upBias", up);
    placeholders.put("downBias", down);
    placeholders.put("gateBias", shape.mlpBias() ? part.formatted(0) : none);
    placeholders.put("gatedUpBias", shape.mlpBias() ? part.formatted(shape.feedForward()) : none);
  }

  /** Indices of a layer's matrices and of their biases. */
  private static String rounded(Map<String, String> placeholders) {
    return Stream.of("iQkv", "iOut", "iUp", "iDown", "iQkvBias", "iUpBias", "iDownBias")
        .map(placeholders::get)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private String bias(Map<String, String> placeholders, String index, String ending) {
    put(placeholders, index, plan.inLayer(ending));
    return "w[o + " + plan.inLayer(ending) + "]";
  }

  private static void put(Map<String, String> placeholders, String name, int number) {
    placeholders.put(name, Integer.toString(number));
  }

  private static void sizes(
      Map<String, String> placeholders,
      String sizesName,
      String viewsName,
      List<WeightPlan.Weight> weights,
      long elements) {
    StringBuilder sizes = new StringBuilder();
    StringBuilder views = new StringBuilder();
    int pieces = 0;
    for (int i = 0; i < weights.size(); i++) {
      WeightPlan.Weight weight = weights.get(i);
      long end = i + 1 < weights.size() ? weights.get(i + 1).offset() : elements;
      long gap = end - weight.offset() - weight.size();
      sizes.append(i == 0 ? "" : ", ").append(weight.size());
      views.append(i == 0 ? "p[" : ", p[").append(pieces++).append(']');
      if (weight.columns() > 0) {
        views.append(".view([").append(weight.rows()).append(", ");
        views.append(weight.columns()).append("])");
      }
      if (gap > 0) {
        sizes.append(", ").append(gap);
        pieces++;
      }
    }
    placeholders.put(sizesName, sizes.toString());
    placeholders.put(viewsName, views.toString());
  }

  /** Offset and length of each run of matrices. */
  private static String decayed(List<WeightPlan.Weight> weights) {
    List<Long> runs = new ArrayList<>();
    long begin = 0;
    for (int i = 0; i < weights.size(); i++) {
      WeightPlan.Weight weight = weights.get(i);
      begin = i == 0 || !weights.get(i - 1).decays() ? weight.offset() : begin;
      boolean last = i + 1 == weights.size() || !weights.get(i + 1).decays();
      if (weight.decays() && last) {
        runs.add(begin);
        runs.add(weight.offset() + weight.size() - begin);
      }
    }
    return runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** What adapters do on each of a block's matrices: a call for each target, or no line at all. */
  private void adapters(Map<String, String> placeholders) {
    put(placeholders, "iAdapters", plan.weights().size());
    put(placeholders, "adapterStride", adapters.layerStride());
    placeholders.put("frozen", adapters.lora().enabled() ? "True" : "False");
    placeholders.put(
        "loraScale", Double.toString(adapters.lora().enabled() ? adapters.lora().scale() : 1));
    sizes(placeholders, "adapterSizes", "adapterViews", adapters.weights(), adapters.elements());
    String[] names = {"Qkv", "Out", "Up", "Down"};
    String[] inputs = {"h", "a", "h2", "m"};
    String[] outputs = {"y", "x2", "u", "y2"};
    String[] inputGradients = {"dh", "da", "dh", "dm"};
    String[] outputGradients = {"dy", "dx", "du", "dx"};
    StringBuilder all = new StringBuilder();
    for (int matrix = 0; matrix < names.length; matrix++) {
      StringBuilder forward = new StringBuilder();
      StringBuilder back = new StringBuilder();
      StringBuilder merge = new StringBuilder();
      for (AdapterPlan.Target target : adapters.targets(matrix)) {
        int to = target.from() + target.rows();
        String place = "b + %d, %d, %d)\n".formatted(target.index(), target.from(), to);
        forward.append(
            "    zz = self.adapt(%s, %s, w, ".formatted(inputs[matrix], outputs[matrix]) + place);
        back.append(
            "    zz = self.adapt_back(%s, %s, %s, w, g, "
                    .formatted(outputGradients[matrix], inputs[matrix], inputGradients[matrix])
                + place);
        merge.append(merge.isEmpty() ? "    m = torch.clone(m)\n" : "");
        merge.append("    zz = self.merge(m, w, " + place);
        all.append(
            "      zz = self.merge(w[o + %s], w, "
                .formatted(placeholders.get("i" + names[matrix])));
        all.append(place);
      }
      placeholders.put("adapt" + names[matrix], forward.toString());
      placeholders.put("adapt" + names[matrix] + "Back", back.toString());
      placeholders.put("merge" + names[matrix], merge.toString());
    }
    placeholders.put("mergeAll", all.toString());
  }

  private static String resource(String name) {
    try (InputStream in = DecoderScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
