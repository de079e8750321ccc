package io.lanpo.policy.djl;

import io.lanpo.policy.djl.DecoderShape.Mlp;
import io.lanpo.policy.djl.DecoderShape.Norm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the TorchScript of a decoder: a text resource with the dimensions of a shape filled in.
 */
final class ScriptSource {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final DecoderShape shape;
  private final WeightPlan plan;

  ScriptSource(DecoderShape shape, WeightPlan plan) {
    this.shape = shape;
    this.plan = plan;
  }

  /** The methods of the decoder. */
  String methods() {
    Map<String, String> words = words();
    StringBuilder source = new StringBuilder();
    for (String line : resource("decoder.torchscript").split("\n")) {
      if (!line.startsWith("#") && !line.isBlank()) {
        source.append(PLACE.matcher(line).replaceAll(m -> filled(words, m.group(1)))).append('\n');
      }
    }
    return source.toString();
  }

  private static String filled(Map<String, String> words, String name) {
    String word = words.get(name);
    if (word == null) {
      throw new IllegalStateException("decoder.torchscript: nothing to fill in for " + name);
    }
    return Matcher.quoteReplacement(word);
  }

  private Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    int attention = shape.heads() * shape.headWidth();
    words.put("V", Integer.toString(shape.vocabulary()));
    words.put("D", Integer.toString(shape.width()));
    words.put("L", Integer.toString(shape.layers()));
    words.put("H", Integer.toString(shape.heads()));
    words.put("K", Integer.toString(shape.kvHeads()));
    words.put("G", Integer.toString(shape.heads() / shape.kvHeads()));
    words.put("E", Integer.toString(shape.headWidth()));
    words.put("A", Integer.toString(attention));
    words.put("R", Integer.toString(shape.rotated()));
    words.put("gqa", shape.heads() == shape.kvHeads() ? "False" : "True");
    words.put("ngram", Integer.toString(1 + shape.previousTokens()));
    words.put("iLayers", Integer.toString(plan.firstLayer()));
    words.put("stride", Integer.toString(plan.layerStride()));
    words.put("iFinal", Integer.toString(plan.finalNorm()));
    words.put("iQkv", index("qkv"));
    words.put("iOut", index("o_proj.weight"));
    words.put("iMlpNorm", index("post_attention_layernorm.weight"));
    words.put("iUp", index(shape.mlp() == Mlp.RELU ? "up_proj.weight" : "gate_up"));
    words.put("iDown", index("down_proj.weight"));
    words.put("qkvBias", shape.qkvBias() ? ", w[o + " + index("qkv.bias") + "]" : "");
    String up = shape.mlp() == Mlp.RELU ? "up_proj.bias" : "gate_up.bias";
    words.put("upBias", shape.mlpBias() ? ", w[o + " + index(up) + "]" : "");
    words.put("downBias", shape.mlpBias() ? ", w[o + " + index("down_proj.bias") + "]" : "");
    words.put("norm", norm("x", shape.width(), "i"));
    words.put("qkNorm", shape.qkNorm() ? headNorms(attention) : "");
    words.put("activation", activation());
    words.put("embed", embedding());
    words.put("shift", shift());
    String tied = "torch.slice(w[0], 0, 0, " + shape.vocabulary() + ")";
    words.put("headWeight", shape.tiedHead() ? tied : "w[" + lastIndex() + "]");
    sizes(words);
    return words;
  }

  private String index(String ending) {
    return Integer.toString(plan.inLayer(ending));
  }

  private int lastIndex() {
    return plan.weights().size() - 1;
  }

  private String norm(String x, int width, String index) {
    return shape.norm() == Norm.LAYER
        ? "torch.layer_norm(%s, [%d], w[%s], w[%s + 1], %s)"
            .formatted(x, width, index, index, shape.normEpsilon())
        : rmsNorm(x, width, index);
  }

  private String rmsNorm(String x, int width, String index) {
    return "torch.rms_norm(%s, [%d], w[%s], %s)".formatted(x, width, index, shape.normEpsilon());
  }

  private String headNorms(int attention) {
    int width = shape.headWidth();
    String queries = "qk[:, 0:%d].reshape([-1, %d, %d])".formatted(attention, shape.heads(), width);
    String keys =
        "qk[:, %d:%d].reshape([-1, %d, %d])"
            .formatted(attention, shape.rotated(), shape.kvHeads(), width);
    return "    qk = torch.cat([%s, %s], 1).view([-1, %d])"
        .formatted(
            rmsNorm(queries, width, "o + " + index("q_norm.weight")),
            rmsNorm(keys, width, "o + " + index("k_norm.weight")),
            shape.rotated());
  }

  private String activation() {
    int inner = shape.feedForward();
    return shape.mlp() == Mlp.RELU
        ? "torch.relu(h)"
        : "torch.silu(h[:, 0:%d]) * h[:, %d:%d]".formatted(inner, inner, 2 * inner);
  }

  private String embedding() {
    return shape.previousTokens() == 0
        ? "torch.embedding(w[0], ids.view([-1]))"
        : "torch.sum(torch.embedding(w[0], ids), [1])";
  }

  /** The n-gram of the next token: the new token, then the ones before, each one part further. */
  private String shift() {
    return shape.previousTokens() == 0
        ? "token"
        : "torch.cat([token, ids[:, 0:%d] + %d], 1)"
            .formatted(shape.previousTokens(), shape.vocabulary());
  }

  private void sizes(Map<String, String> words) {
    StringBuilder sizes = new StringBuilder();
    StringBuilder views = new StringBuilder();
    List<WeightPlan.Weight> weights = plan.weights();
    int pieces = 0;
    for (int i = 0; i < weights.size(); i++) {
      WeightPlan.Weight weight = weights.get(i);
      int end = i + 1 < weights.size() ? weights.get(i + 1).offset() : plan.elements();
      int gap = end - weight.offset() - weight.size();
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
    words.put("sizes", sizes.toString());
    words.put("views", views.toString());
  }

  private static String resource(String name) {
    try (InputStream in = ScriptSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
