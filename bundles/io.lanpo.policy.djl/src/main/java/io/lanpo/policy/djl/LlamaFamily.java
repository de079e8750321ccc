package io.lanpo.policy.djl;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.policy.djl.DecoderShape.Mlp;
import io.lanpo.policy.djl.DecoderShape.Norm;

/** Llama (arXiv 2307.09288) and what is built like it, e.g. SmolLM2. */
final class LlamaFamily implements Family {
  private static final double EPSILON = 1e-5;

  @Override
  public String name() {
    return "llama";
  }

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public String architecture() {
    return "LlamaForCausalLM";
  }

  @Override
  public DecoderShape shape(Settings settings, int vocabulary) {
    return new DecoderShape(
        vocabulary,
        settings.integer(ModelSettings.WIDTH),
        settings.integer(ModelSettings.LAYERS),
        settings.integer(ModelSettings.HEADS),
        ModelSettings.kvHeads(settings),
        ModelSettings.headWidth(settings),
        ModelSettings.feedForward(settings),
        settings.integer(ModelSettings.CONTEXT),
        0,
        Norm.RMS,
        EPSILON,
        Mlp.GATED_SILU,
        false,
        false,
        false,
        settings.decimal(ModelSettings.ROPE_THETA),
        true);
  }

  @Override
  public DecoderShape shape(ModelConfig config) {
    config.require("hidden_act", "silu");
    config.require("attention_bias", false);
    config.require("mlp_bias", false);
    config.requireAbsent("rope_scaling");
    int width = config.integer("hidden_size");
    int heads = config.integer("num_attention_heads");
    return new DecoderShape(
        config.integer("vocab_size"),
        width,
        config.integer("num_hidden_layers"),
        heads,
        config.integer("num_key_value_heads", heads),
        config.integer("head_dim", width / heads),
        config.integer("intermediate_size"),
        config.integer("max_position_embeddings"),
        0,
        Norm.RMS,
        config.decimal("rms_norm_eps", 1e-6),
        Mlp.GATED_SILU,
        false,
        false,
        false,
        config.ropeTheta(10000),
        config.flag("tie_word_embeddings", false));
  }

  @Override
  public JsonObject config(DecoderShape shape) {
    JsonObject config = ModelSettings.sizes(shape);
    config.addProperty("rms_norm_eps", shape.normEpsilon());
    config.addProperty("hidden_act", "silu");
    config.addProperty("attention_bias", false);
    config.addProperty("mlp_bias", false);
    return config;
  }
}
