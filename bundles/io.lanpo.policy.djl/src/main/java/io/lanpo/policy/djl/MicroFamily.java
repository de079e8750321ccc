package io.lanpo.policy.djl;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.policy.djl.DecoderShape.Mlp;
import io.lanpo.policy.djl.DecoderShape.Norm;

/**
 * The small decoder that is trained from random weights: LayerNorm, ReLU, RoPE, a head of its own,
 * and embeddings of the tokens before a token, without which it hardly learns to copy and execute.
 */
final class MicroFamily implements Family {
  private static final double EPSILON = 1e-5;

  @Override
  public String name() {
    return "micro";
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
  public DecoderShape shape(Settings settings, int vocabulary) {
    int heads = settings.integer(ModelSettings.HEADS);
    return shape(
        vocabulary,
        settings.integer(ModelSettings.WIDTH),
        settings.integer(ModelSettings.LAYERS),
        heads,
        ModelSettings.kvHeads(settings),
        ModelSettings.headWidth(settings),
        ModelSettings.feedForward(settings),
        settings.integer(ModelSettings.CONTEXT),
        settings.integer(ModelSettings.NGRAM) - 1,
        settings.decimal(ModelSettings.ROPE_THETA),
        EPSILON);
  }

  @Override
  public DecoderShape shape(ModelConfig config) {
    int width = config.integer("hidden_size");
    int heads = config.integer("num_attention_heads");
    return shape(
        config.integer("vocab_size"),
        width,
        config.layers(),
        heads,
        config.kvHeads(heads),
        config.headWidth(),
        config.integer("intermediate_size"),
        config.context(),
        config.between("ngram", 1, 3) - 1,
        config.positive("rope_theta", 1000),
        config.positive("layer_norm_eps", EPSILON));
  }

  private static DecoderShape shape(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int kvHeads,
      int headWidth,
      int feedForward,
      int context,
      int previousTokens,
      double ropeTheta,
      double epsilon) {
    return new DecoderShape(
        vocabulary,
        width,
        layers,
        heads,
        kvHeads,
        headWidth,
        feedForward,
        context,
        previousTokens,
        Norm.LAYER,
        epsilon,
        Mlp.RELU,
        true,
        false,
        false,
        Rope.of(ropeTheta),
        false);
  }

  @Override
  public JsonObject config(DecoderShape shape) {
    JsonObject config = ModelSettings.sizes(shape);
    config.addProperty("ngram", shape.previousTokens() + 1);
    config.addProperty("layer_norm_eps", shape.normEpsilon());
    config.addProperty("hidden_act", "relu");
    return config;
  }
}
