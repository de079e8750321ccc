package io.lanpo.policy.djl.model;

import java.util.List;

/**
 * Keys of {@code config.json} that change what a decoder computes, whichever family it names, and
 * that no decoder here computes. One of them would change every log-probability without a word, so
 * each is refused by its name, unless its value says what is computed anyway.
 *
 * <p>transformers, too, ignores some of these where the family does not know them; a file that
 * names one was written by somebody who meant it.
 */
final class Unbuilt {
  private static final List<String> FLAGS_OFF =
      List.of(
          "use_sliding_window",
          "rope_interleaved",
          "use_bidirectional_attention",
          "is_encoder_decoder",
          "add_cross_attention",
          "use_qk_norm",
          "qk_layernorm",
          "scale_embedding",
          "use_parallel_residual");

  /** Factors that leave what they multiply as it is. */
  private static final List<String> ONES =
      List.of(
          "pretraining_tp",
          "partial_rotary_factor",
          "logit_scale",
          "logits_scaling",
          "embedding_multiplier",
          "residual_multiplier",
          "rope_scaling_factor");

  private static final List<String> DROPOUTS =
      List.of("attention_dropout", "hidden_dropout", "resid_pdrop", "embd_pdrop", "attn_pdrop");

  private static final List<String> ABSENT =
      List.of(
          "quantization_config",
          "compression_config",
          "attn_logit_softcapping",
          "final_logit_softcapping",
          "attention_multiplier",
          "query_pre_attn_scalar",
          "attention_chunk_size",
          "no_rope_layers",
          "no_rope_layer_interval",
          "num_experts",
          "num_local_experts",
          "n_routed_experts");

  private Unbuilt() {}

  /**
   * Refuses what no decoder here computes.
   *
   * @throws io.lanpo.api.component.UserException naming file, key and value
   */
  static void refuse(ModelConfig config) {
    config.requireIn("layer_types", "full_attention");
    config.require("is_causal", true);
    FLAGS_OFF.forEach(key -> config.require(key, false));
    ONES.forEach(key -> config.requireNumber(key, 1));
    DROPOUTS.forEach(key -> config.requireNumber(key, 0));
    ABSENT.forEach(config::requireAbsent);
  }
}
