package io.lanpo.policy.djl;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.Family;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelSizes;
import io.lanpo.policy.djl.model.Rope;
import io.lanpo.policy.djl.network.Network;
import java.util.Arrays;
import java.util.List;

/** The settings of this backend. Those of the model's shape matter for new models only. */
final class PolicySettings {
  private static final String FAMILY = "family";
  private static final String WIDTH = "width";
  private static final String LAYERS = "layers";
  private static final String HEADS = "heads";
  private static final String KV_HEADS = "kv-heads";
  private static final String FEED_FORWARD = "ffn";
  private static final String CONTEXT = "context";
  private static final String NGRAM = "ngram";
  private static final String ROPE_THETA = "rope-theta";
  private static final String DEVICE = "device";
  private static final String PRECISION = "precision";
  private static final String BF16 = "bf16";
  private static final String THREADS = "threads";
  private static final String WORKERS = "workers";
  private static final String BATCH = "batch";
  private static final String PREFILL_TOKENS = "prefill-tokens";
  private static final String UPDATE_TOKENS = "update-tokens";
  private static final String LORA_RANK = "lora.rank";
  private static final String LORA_ALPHA = "lora.alpha";
  private static final String LORA_TARGETS = "lora.targets";
  private static final String LORA_SAVE = "lora.save";
  private static final String MERGED = "merged";
  private static final String SHARD = "shard-mb";
  private static final String RECOMPUTE = "gradient-checkpointing";

  private PolicySettings() {}

  static List<Setting> all() {
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
                + String.join(", ", LoraConfig.PROJECTIONS)
                + "."),
        Setting.choice(
            LORA_SAVE,
            List.of(MERGED, "adapter"),
            "Whether checkpoints with adapters hold the merged weights too, or the adapters alone."),
        Setting.integer(
            SHARD, 4096, 1, 1 << 24, "MiB", "Largest file of weights that a checkpoint has."));
  }

  /** The family of a new model. */
  static Family family(Settings settings) {
    return Families.named(settings.text(FAMILY));
  }

  /** The sizes of a new model. */
  static ModelSizes sizes(Settings settings, int vocabulary) {
    int width = settings.integer(WIDTH);
    int heads = settings.integer(HEADS);
    int kvHeads = settings.integer(KV_HEADS) == 0 ? heads : settings.integer(KV_HEADS);
    int feedForward = settings.integer(FEED_FORWARD);
    if (heads % kvHeads != 0) {
      throw new UserException(
          "kv-heads = %d does not divide heads = %d".formatted(kvHeads, heads),
          "Set kv-heads to a divisor of heads.");
    }
    if (width % (2 * heads) != 0) {
      throw new UserException(
          "width = %d is not an even multiple of heads = %d".formatted(width, heads),
          "Set width to a multiple of " + 2 * heads + ".");
    }
    return new ModelSizes(
        vocabulary,
        width,
        settings.integer(LAYERS),
        heads,
        kvHeads,
        width / heads,
        feedForward == 0 ? 4 * width : feedForward,
        settings.integer(CONTEXT),
        settings.integer(NGRAM) - 1,
        Rope.of(settings.decimal(ROPE_THETA)));
  }

  /** The adapters that are asked for. */
  static LoraConfig lora(Settings settings) {
    int rank = settings.integer(LORA_RANK);
    if (rank == 0) {
      return LoraConfig.NONE;
    }
    List<String> targets =
        Arrays.stream(settings.text(LORA_TARGETS).split(","))
            .map(String::strip)
            .distinct()
            .toList();
    for (String target : targets) {
      if (!LoraConfig.PROJECTIONS.contains(target)) {
        throw new UserException(
            "policy.lora.targets names \"%s\", which is no projection of a block".formatted(target),
            "Name some of these, separated by commas: "
                + String.join(", ", LoraConfig.PROJECTIONS)
                + ".");
      }
    }
    return new LoraConfig(rank, settings.decimal(LORA_ALPHA), targets);
  }

  /** How much is worked on at a time. */
  static PolicyLimits limits(Settings settings) {
    return new PolicyLimits(
        settings.integer(WORKERS),
        settings.integer(BATCH),
        settings.integer(PREFILL_TOKENS),
        settings.integer(UPDATE_TOKENS),
        settings.flag(RECOMPUTE),
        new Checkpoint.Format(settings.wide(SHARD) << 20, settings.text(LORA_SAVE).equals(MERGED)));
  }

  /** A network for a policy. */
  static Network network(Settings settings, DecoderShape shape) {
    return network(settings, shape, lora(settings), settings.integer(THREADS));
  }

  /** A network without adapters whose operations have the threads of all workers. */
  static Network wholeMachine(Settings settings, DecoderShape shape) {
    int threads = settings.integer(WORKERS) * settings.integer(THREADS);
    return network(settings, shape, LoraConfig.NONE, threads);
  }

  private static Network network(
      Settings settings, DecoderShape shape, LoraConfig lora, int threads) {
    boolean half = settings.text(PRECISION).equals(BF16);
    return Network.create(settings.text(DEVICE), shape, lora, threads, half);
  }
}
