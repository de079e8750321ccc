package io.lanpo.policy.djl.model;

import com.google.gson.JsonObject;
import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.DecoderShape.Norm;

/**
 * Llama (arXiv 2307.09288, 2407.21783) and what is built like it: RMS norms, a gated MLP, rotary
 * positions, grouped-query attention.
 *
 * @param name its name here and its {@code model_type} in checkpoints
 * @param architecture its class in checkpoints
 * @param qkvBias whether queries, keys and values always have biases
 * @param qkNorm whether queries and keys are normalised per head
 * @param mlpBias whether a checkpoint may have biases in its MLPs
 */
record LlamaFamily(
    String name, String architecture, boolean qkvBias, boolean qkNorm, boolean mlpBias)
    implements Family {
  /** Epsilon and base of a checkpoint that does not name its own, as transformers has them. */
  private static final double EPSILON = 1e-6;

  private static final double THETA = 10000;

  /** Epsilon of new models. */
  private static final double NEW_EPSILON = 1e-5;

  /** Llama 1 to 3, SmolLM2 and others of that build. */
  static LlamaFamily llama() {
    return new LlamaFamily("llama", "LlamaForCausalLM", false, false, true);
  }

  /** Qwen2 and Qwen2.5 (arXiv 2412.15115). */
  static LlamaFamily qwen2() {
    return new LlamaFamily("qwen2", "Qwen2ForCausalLM", true, false, false);
  }

  /** Qwen3 (arXiv 2505.09388), the dense models. */
  static LlamaFamily qwen3() {
    return new LlamaFamily("qwen3", "Qwen3ForCausalLM", false, true, false);
  }

  @Override
  public String modelType() {
    return name;
  }

  @Override
  public boolean adaptable() {
    return true;
  }

  @Override
  public DecoderShape shape(ModelSizes sizes) {
    return shape(sizes.withoutPreviousTokens(), NEW_EPSILON, false, true);
  }

  @Override
  public DecoderShape shape(ModelConfig config) {
    refuseUnsupported(config);
    return shape(
        config.sizes(
            qkNorm ? config.headWidth() : config.headWidthOrShare(), 0, config.rope(THETA)),
        config.positive("rms_norm_eps", EPSILON),
        config.flag("mlp_bias", false),
        config.flag("tie_word_embeddings", false));
  }

  private DecoderShape shape(ModelSizes sizes, double epsilon, boolean upBias, boolean tiedHead) {
    return DecoderShape.of(
        sizes, Norm.RMS, epsilon, Mlp.GATED_SILU, upBias, qkvBias, qkNorm, tiedHead);
  }

  /** Settings of checkpoints that change what is computed, each refused by its name. */
  private void refuseUnsupported(ModelConfig config) {
    config.requireIn("architectures", architecture);
    config.require("hidden_act", "silu");
    if (!qkvBias) {
      config.require("attention_bias", false);
    }
    if (!mlpBias) {
      config.require("mlp_bias", false);
    }
    Unbuilt.refuse(config);
  }

  @Override
  public void describe(DecoderShape shape, JsonObject config) {
    config.addProperty("rms_norm_eps", shape.normEpsilon());
    config.addProperty("hidden_act", "silu");
    config.addProperty("attention_bias", qkvBias);
    config.addProperty("mlp_bias", shape.mlpBias());
  }
}
