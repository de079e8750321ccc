package io.lanpo.policy.djl;

import ai.djl.Device;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Choice;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.Family;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelSizes;
import io.lanpo.policy.djl.model.Rope;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.network.Devices;
import io.lanpo.policy.djl.network.IntegerPrecision;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.precision.PrecisionChooser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of this backend. Those of the model's shape matter for new models only. */
final class PolicySettings {
  private static final Logger LOG = LoggerFactory.getLogger(PolicySettings.class);
  private static final String AUTO = "auto";
  private static final String F32 = "f32";
  static final String BF16 = "bf16";
  private static final String SAME = "same";
  private static final String INT8 = "int8";
  private static final Setting<String> FAMILY =
      Setting.choice("family", Families.names(), "Architecture of a new model.");

  private static final Setting<Integer> WIDTH =
      Setting.integer("width", 96, 4, 16384, "floats", "Width of a new model's hidden state.");

  private static final Setting<Integer> LAYERS =
      Setting.integer("layers", 3, 1, 200, "layers", "Blocks of a new model.");

  private static final Setting<Integer> HEADS =
      Setting.integer("heads", 4, 1, 256, "heads", "Attention heads of a new model.");

  private static final Setting<Integer> KV_HEADS =
      Setting.integer(
          "kv-heads",
          0,
          0,
          256,
          "heads",
          "Key and value heads of a new model; 0: as many as heads.");

  private static final Setting<Integer> FEED_FORWARD =
      Setting.integer(
          "ffn",
          0,
          0,
          131072,
          "floats",
          "Inner width of a new model's MLP; 0: four times the width.");

  private static final Setting<Integer> CONTEXT =
      Setting.integer("context", 512, 2, 131072, "tokens", "Longest sequence of a new model.");

  private static final Setting<Integer> NGRAM =
      Setting.integer(
          "ngram",
          3,
          1,
          3,
          "tokens",
          "A new micro model adds the embeddings of this many last tokens, the token itself"
              + " included; other families read one.");

  private static final Setting<Double> ROPE_THETA =
      Setting.decimal(
          "rope-theta", 1000, 1, 1e8, "", "Base of the rotations' frequencies in a new model.");

  private static final Setting<String> DEVICE =
      Setting.text("device", "cpu", "Where the policy runs: cpu, gpu:N, or auto for a GPU if any.");

  private static final Setting<String> PRECISION =
      Setting.choice(
          "precision",
          List.of(AUTO, F32, BF16),
          "Precision of matrix products and of what stands between them; trained weights, sums and"
              + " moments are f32. auto: bf16 on GPUs that have it and on processors that a measurement"
              + " of a second finds at least 1.2 times as fast with it; f32 for new and for small models."
              + " A run keeps what was chosen.");

  private static final Setting<String> ROLLOUT_PRECISION =
      Setting.choice(
          "rollout-precision",
          List.of(SAME, INT8),
          "Precision of the blocks' matrix products while completions are written that are learned from."
              + " same: that of training. int8, on processors: matrices are rounded with a scale for each"
              + " output, inputs with one for each row; needs importance weights (objective.correction)."
              + " Evaluations are written as precision says, and so are prompts read.");

  private static final Setting<Integer> THREADS =
      Setting.integer(
          "threads", 1, 1, 256, "threads", "Threads within one operation; small models want one.");

  static final Setting<Integer> WORKERS =
      Setting.integer(
          "workers",
          1,
          1,
          64,
          "threads",
          "Threads that share generation, scoring and gradients between them; each number gives"
              + " its own, reproducible, rounding.");

  static final Setting<Integer> BATCH =
      Setting.integer(
          "batch", 288, 1, 65536, "completions", "Completions that are written at a time.");

  static final Setting<Integer> PREFILL_TOKENS =
      Setting.integer(
          "prefill-tokens", 8192, 1, 1 << 24, "tokens", "Prompt tokens read in one pass.");

  static final Setting<Integer> UPDATE_TOKENS =
      Setting.integer(
          "update-tokens",
          8192,
          1,
          1 << 24,
          "tokens",
          "Tokens of one forward and backward pass; an update sums as many passes as it needs.");

  static final Setting<Boolean> RECOMPUTE =
      Setting.flag(
          "gradient-checkpointing",
          false,
          "Whether an update keeps only the inputs of the blocks and computes the rest again: a"
              + " third more work, a fraction of the memory.");

  static final Setting<String> MOMENTS =
      Setting.choice(
          "moments",
          List.of("f32", BF16),
          "Precision in which AdamW keeps its two moments of each weight; bf16 takes half the memory.");

  private static final Setting<Integer> SHARD =
      Setting.integer(
          "shard-mb", 4096, 1, 1 << 24, "MiB", "Largest file of weights that a checkpoint has.");

  private PolicySettings() {}

  static List<Setting<?>> all() {
    return List.of(
        FAMILY,
        WIDTH,
        LAYERS,
        HEADS,
        KV_HEADS,
        FEED_FORWARD,
        CONTEXT,
        NGRAM,
        ROPE_THETA,
        DEVICE,
        PRECISION,
        ROLLOUT_PRECISION,
        THREADS,
        WORKERS,
        BATCH,
        PREFILL_TOKENS,
        UPDATE_TOKENS,
        RECOMPUTE,
        MOMENTS,
        LoraConfig.RANK,
        LoraConfig.ALPHA,
        LoraConfig.TARGETS,
        LoraConfig.SAVE,
        SHARD,
        SpecialTokens.SETTING,
        TokenizerService.Options.CHAT,
        TokenizerService.Options.THINKING);
  }

  /** The family of a new model. */
  static Family family(Settings settings) {
    return Families.named(settings.get(FAMILY));
  }

  /** The sizes of a new model. */
  static ModelSizes sizes(Settings settings, int vocabulary) {
    int width = settings.get(WIDTH);
    int heads = settings.get(HEADS);
    int kvHeads = settings.get(KV_HEADS) == 0 ? heads : settings.get(KV_HEADS);
    int feedForward = settings.get(FEED_FORWARD);
    if (heads % kvHeads != 0) {
      throw new UserException(
          "%s = %d does not divide %s = %d"
              .formatted(settings.key(KV_HEADS), kvHeads, settings.key(HEADS), heads),
          "Set %s to a divisor of %s.".formatted(settings.key(KV_HEADS), settings.key(HEADS)));
    }
    if (width % (2 * heads) != 0) {
      throw new UserException(
          "%s = %d is not an even multiple of %s = %d"
              .formatted(settings.key(WIDTH), width, settings.key(HEADS), heads),
          "Set %s to a multiple of %d.".formatted(settings.key(WIDTH), 2 * heads));
    }
    return new ModelSizes(
        vocabulary,
        width,
        settings.get(LAYERS),
        heads,
        kvHeads,
        width / heads,
        feedForward == 0 ? 4 * width : feedForward,
        settings.get(CONTEXT),
        settings.get(NGRAM) - 1,
        Rope.of(settings.get(ROPE_THETA)));
  }

  /** The precision of a policy that is opened; empty when a user has chosen it. */
  static Optional<Choice> precision(Settings settings, Family family, WeightPlan plan) {
    if (!settings.get(PRECISION).equals(AUTO)) {
      return Optional.empty();
    }
    if (family.name().equals(Families.MICRO) || !plan.large()) {
      return Optional.of(single());
    }
    Device device = Devices.named(settings.get(DEVICE), settings.key(DEVICE));
    PrecisionChooser.Decision decision =
        PrecisionChooser.here().choose(plan.shape(), device, settings.get(THREADS));
    return Optional.of(
        new Choice(PRECISION.key(), decision.half() ? BF16 : F32, decision.reason()));
  }

  /** The precision of a new policy; empty when a user has chosen it. */
  static Optional<Choice> precision(Settings settings) {
    return Optional.of(single()).filter(c -> settings.get(PRECISION).equals(AUTO));
  }

  /** Small models gain nothing from bf16, and new ones are small. */
  private static Choice single() {
    return new Choice(PRECISION.key(), F32, "");
  }

  /** Settings with a choice in its place. */
  static Settings with(Settings settings, Optional<Choice> choice) {
    return choice.map(c -> settings.with(Map.of(c.key(), c.value()))).orElse(settings);
  }

  /** How much is worked on at a time. */
  static PolicyLimits limits(Settings settings) {
    return new PolicyLimits(
        settings.get(WORKERS),
        settings.get(BATCH),
        settings.get(PREFILL_TOKENS),
        settings.get(UPDATE_TOKENS),
        settings.get(RECOMPUTE),
        settings.get(MOMENTS).equals(BF16),
        new Checkpoint.Format(
            (long) settings.get(SHARD) << 20,
            settings.get(LoraConfig.SAVE).equals(LoraConfig.MERGED)));
  }

  /** A network for a policy. */
  static Network network(Settings settings, DecoderShape shape) {
    return network(
        settings, shape, LoraConfig.of(settings), settings.get(THREADS), rollouts(settings));
  }

  /** A network without adapters whose operations have the threads of all workers. */
  static Network wholeMachine(Settings settings, DecoderShape shape) {
    int threads = settings.get(WORKERS) * settings.get(THREADS);
    return network(settings, shape, LoraConfig.NONE, threads, false);
  }

  private static Network network(
      Settings settings, DecoderShape shape, LoraConfig lora, int threads, boolean int8) {
    Device device = Devices.named(settings.get(DEVICE), settings.key(DEVICE));
    return Network.create(device, shape, lora, threads, half(settings), int8);
  }

  /** What asks for int8, as {@code key = value}; empty when rollouts are as training is. */
  static Optional<String> roundedRollouts(Settings settings) {
    return Optional.of(settings.get(ROLLOUT_PRECISION))
        .filter(INT8::equals)
        .map(int8 -> settings.key(ROLLOUT_PRECISION) + " = " + int8);
  }

  /** Refuses int8 where there is nothing that multiplies so. */
  static void checkRollouts(Settings settings) {
    Optional<String> asked = roundedRollouts(settings);
    String device = settings.get(DEVICE);
    if (asked.isPresent()
        && (device.startsWith("gpu") || Devices.named(device, settings.key(DEVICE)).isGpu())) {
      throw new UserException(
          "%s is for processors, but %s = %s is a GPU"
              .formatted(asked.get(), settings.key(DEVICE), device),
          "Set %s=%s, or %s=cpu."
              .formatted(settings.key(ROLLOUT_PRECISION), SAME, settings.key(DEVICE)));
    }
  }

  /** Whether rollouts are in int8: asked for, and possible here. */
  private static boolean rollouts(Settings settings) {
    checkRollouts(settings);
    Optional<String> asked = roundedRollouts(settings);
    if (asked.isEmpty() || IntegerPrecision.byOneDnn()) {
      return asked.isPresent();
    }
    LOG.warn(
        "{}: oneDNN does not multiply exactly in int8 here (it wants VNNI or AMX); completions are"
            + " written in the precision of training",
        asked.get());
    return false;
  }

  /** Whether products are in bf16; what is left to choose is f32. */
  static boolean half(Settings settings) {
    return settings.get(PRECISION).equals(BF16);
  }
}
