package io.lanpo.policy.djl;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.util.List;

/** The settings of this backend. Those of the model's shape matter for new models only. */
final class ModelSettings {
  static final String FAMILY = "family";
  static final String WIDTH = "width";
  static final String LAYERS = "layers";
  static final String HEADS = "heads";
  static final String KV_HEADS = "kv-heads";
  static final String FEED_FORWARD = "ffn";
  static final String CONTEXT = "context";
  static final String NGRAM = "ngram";
  static final String ROPE_THETA = "rope-theta";
  static final String DEVICE = "device";
  static final String PRECISION = "precision";
  static final String BF16 = "bf16";
  static final String THREADS = "threads";
  static final String WORKERS = "workers";
  static final String BATCH = "batch";
  static final String PREFILL_TOKENS = "prefill-tokens";
  static final String UPDATE_TOKENS = "update-tokens";
  static final String LORA_RANK = "lora.rank";
  static final String LORA_ALPHA = "lora.alpha";
  static final String LORA_TARGETS = "lora.targets";
  static final String LORA_SAVE = "lora.save";
  static final String MERGED = "merged";
  static final String SHARD = "shard-mb";
  static final String RECOMPUTE = "gradient-checkpointing";

  private ModelSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        Setting.choice(FAMILY, Families.names(), "Architecture of a new model."),
        Setting.integer(WIDTH, 96, 4, 16384, "floats", "Width of a new model's hidden state."),
        Setting.integer(LAYERS, 3, 1, 200, "layers", "Blocks of a new model."),
        Setting.integer(HEADS, 4, 1, 256, "heads", "Attention heads of a new model."),
        Setting.integer(
            KV_HEADS,
            0,
            0,
            256,
            "heads",
            "Key and value heads of a new model; 0: as many as heads."),
        Setting.integer(
            FEED_FORWARD,
            0,
            0,
            131072,
            "floats",
            "Inner width of a new model's MLP; 0: four times the width."),
        Setting.integer(CONTEXT, 512, 2, 131072, "tokens", "Longest sequence of a new model."),
        Setting.integer(
            NGRAM,
            3,
            1,
            3,
            "tokens",
            "A new micro model adds the embeddings of this many last tokens, the token itself"
                + " included; other families read one."),
        Setting.decimal(
            ROPE_THETA, 1000, 1, 1e8, "", "Base of the rotations' frequencies in a new model."),
        Setting.text(DEVICE, "cpu", "Where the policy runs: cpu, gpu:N, or auto for a GPU if any."),
        Setting.choice(
            PRECISION,
            List.of("f32", BF16),
            "Precision of matrix products; bf16 is for GPUs. Weights, sums and moments are f32."),
        Setting.integer(
            THREADS, 1, 1, 256, "threads", "Threads within one operation; small models want one."),
        Setting.integer(
            WORKERS,
            1,
            1,
            64,
            "threads",
            "Threads that share generation, scoring and gradients between them; each number gives"
                + " its own, reproducible, rounding."),
        Setting.integer(
            BATCH, 288, 1, 65536, "completions", "Completions that are written at a time."),
        Setting.integer(
            PREFILL_TOKENS, 8192, 1, 1 << 24, "tokens", "Prompt tokens read in one pass."),
        Setting.integer(
            UPDATE_TOKENS,
            8192,
            1,
            1 << 24,
            "tokens",
            "Tokens of one forward and backward pass; an update sums as many passes as it needs."),
        Setting.flag(
            RECOMPUTE,
            false,
            "Whether an update keeps only the inputs of the blocks and computes the rest again: a"
                + " third more work, a fraction of the memory."),
        Setting.integer(
            LORA_RANK,
            0,
            0,
            4096,
            "",
            "Rank of low-rank adapters, which then learn instead of the weights; 0: all weights learn."),
        Setting.decimal(
            LORA_ALPHA, 16, 1e-6, 1e6, "", "What adapters add is multiplied with alpha / rank."),
        Setting.text(
            LORA_TARGETS,
            "q_proj,v_proj",
            "Projections with adapters, separated by commas: "
                + String.join(", ", Lora.PROJECTIONS)
                + "."),
        Setting.choice(
            LORA_SAVE,
            List.of(MERGED, "adapter"),
            "Whether checkpoints with adapters hold the merged weights too, or the adapters alone."),
        Setting.integer(
            SHARD, 4096, 1, 1 << 24, "MiB", "Largest file of weights that a checkpoint has."));
  }

  /** Key and value heads, where 0 stands for as many as heads. */
  static int kvHeads(Settings settings) {
    int heads = settings.integer(HEADS);
    int kvHeads = settings.integer(KV_HEADS) == 0 ? heads : settings.integer(KV_HEADS);
    if (heads % kvHeads != 0) {
      throw new UserException(
          "kv-heads = %d does not divide heads = %d".formatted(kvHeads, heads),
          "Set kv-heads to a divisor of heads.");
    }
    return kvHeads;
  }

  static int headWidth(Settings settings) {
    int width = settings.integer(WIDTH);
    int heads = settings.integer(HEADS);
    if (width % (2 * heads) != 0) {
      throw new UserException(
          "width = %d is not an even multiple of heads = %d".formatted(width, heads),
          "Set width to a multiple of " + 2 * heads + ".");
    }
    return width / heads;
  }

  static int feedForward(Settings settings) {
    int given = settings.integer(FEED_FORWARD);
    return given == 0 ? Math.multiplyExact(4, settings.integer(WIDTH)) : given;
  }

  /** The keys that Llama and its relatives share. */
  static JsonObject sizes(DecoderShape shape) {
    JsonObject config = new JsonObject();
    config.addProperty("vocab_size", shape.vocabulary());
    config.addProperty("hidden_size", shape.width());
    config.addProperty("num_hidden_layers", shape.layers());
    config.addProperty("num_attention_heads", shape.heads());
    config.addProperty("num_key_value_heads", shape.kvHeads());
    config.addProperty("head_dim", shape.headWidth());
    config.addProperty("intermediate_size", shape.feedForward());
    config.addProperty("max_position_embeddings", shape.context());
    config.addProperty("rope_theta", shape.rope().theta());
    config.addProperty("tie_word_embeddings", shape.tiedHead());
    return config;
  }
}
