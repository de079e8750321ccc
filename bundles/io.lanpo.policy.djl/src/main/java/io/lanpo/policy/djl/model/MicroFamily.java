package io.lanpo.policy.djl.model;

import com.google.gson.JsonObject;
import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.DecoderShape.Norm;
import java.util.List;

/**
 * The small decoder that is trained from random weights: LayerNorm, ReLU, RoPE, a head of its own,
 * and embeddings of the tokens before a token, without which it hardly learns to copy and execute.
 */
final class MicroFamily implements Family {
  private static final double EPSILON = 1e-5;
  private static final double THETA = 1000;

  @Override
  public String name() {
    return Families.MICRO;
  }

  @Override
  public String modelType() {
    return "lanpo_micro";
  }

  @Override
  public String architecture() {
    return "LanpoMicroForCausalLM";
  }

  @Override
  public boolean adaptable() {
    return false;
  }

  @Override
  public DecoderShape shape(ModelSizes sizes) {
    return shape(sizes, EPSILON);
  }

  @Override
  public DecoderShape shape(ModelConfig config) {
    config.requireIn("architectures", architecture());
    config.require("hidden_act", "relu");
    for (String flag : List.of("tie_word_embeddings", "attention_bias")) {
      config.require(flag, false);
    }
    config.require("mlp_bias", true);
    config.requireAbsent("rope_parameters");
    config.requireAbsent("rope_scaling");
    Unbuilt.refuse(config);
    int previousTokens = config.between("ngram", 1, 3) - 1;
    Rope rope = Rope.of(config.positive("rope_theta", THETA));
    return shape(
        config.sizes(config.headWidth(), previousTokens, rope),
        config.positive("layer_norm_eps", EPSILON));
  }

  private static DecoderShape shape(ModelSizes sizes, double epsilon) {
    return DecoderShape.of(sizes, Norm.LAYER, epsilon, Mlp.RELU, true, false, false, false);
  }

  @Override
  public void describe(DecoderShape shape, JsonObject config) {
    config.addProperty("ngram", shape.previousTokens() + 1);
    config.addProperty("layer_norm_eps", shape.normEpsilon());
    config.addProperty("hidden_act", "relu");
  }
}
