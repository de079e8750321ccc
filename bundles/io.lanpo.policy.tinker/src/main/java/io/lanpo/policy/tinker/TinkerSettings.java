package io.lanpo.policy.tinker;

import io.lanpo.api.component.Setting;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.policy.tinker.protocol.WireFormat;
import io.lanpo.policy.tinker.train.Normalization;
import io.lanpo.policy.tinker.train.Objective;
import java.util.List;

/** The settings of this backend. */
final class TinkerSettings {
  private static final int DAY = 86_400;
  private static final int REQUEST_TIMEOUT_SECONDS = 60;
  static final Setting<String> BASE_MODEL =
      Setting.text(
          "base-model", "", "The server's name of the model; empty: the only one that it has.");

  static final Setting<Integer> CONTEXT =
      Setting.integer(
          "context",
          0,
          0,
          1 << 24,
          "tokens",
          "Longest sequence; 0: max_position_embeddings of the model folder's config.json.");

  static final Setting<Integer> LORA_RANK =
      Setting.integer(
          "lora.rank", 32, 0, 4096, "", "Rank of the low-rank adapters; 0: all weights learn.");

  static final Setting<Integer> LORA_SEED =
      Setting.integer(
          "lora.seed", 0, 0, Integer.MAX_VALUE, "", "Fixes the adapters before the first update.");

  static final Setting<Objective> OBJECTIVE =
      Setting.choice(
          "objective",
          Objective.class,
          "The server's loss for policy gradients: ppo clips, importance-sampling does not, cispo"
              + " clips the weight only (arXiv 2506.13585).");

  static final Setting<Normalization> NORMALIZATION =
      Setting.choice(
          "normalization",
          Normalization.class,
          "What the server makes of token losses: their mean over a sequence and over sequences"
              + " (SkyRL with jax), or their sum (the protocol itself).");

  static final Setting<WireFormat> WIRE =
      Setting.choice(
          "wire",
          WireFormat.class,
          "How batches travel: protobuf, or json for servers of before SDK 0.25, such as verl's.");

  static final Setting<Integer> UPDATE_TOKENS =
      Setting.integer(
          "update-tokens",
          65_536,
          1,
          1 << 24,
          "tokens",
          "Tokens of one request of an update; an update sums as many as it needs.");

  static final Setting<Integer> TIMEOUT =
      Setting.integer(
          "timeout", 1800, 1, DAY, "s", "Longest wait for one result, e.g. of an optimiser step.");

  static final Setting<Integer> HEARTBEAT =
      Setting.integer(
          "heartbeat", 10, 1, 3600, "s", "How often the server is sent a sign of life.");

  static final Setting<Boolean> EXPORT =
      Setting.flag(
          "export",
          false,
          "Whether a checkpoint folder also gets the server's archive of the weights for sampling.");

  private TinkerSettings() {}

  static List<Setting<?>> all() {
    return HttpSettings.with(
        "TINKER_API_KEY", HttpSettings.X_API_KEY, REQUEST_TIMEOUT_SECONDS, own());
  }

  private static List<Setting<?>> own() {
    return List.of(
        BASE_MODEL,
        CONTEXT,
        LORA_RANK,
        LORA_SEED,
        OBJECTIVE,
        NORMALIZATION,
        WIRE,
        UPDATE_TOKENS,
        TIMEOUT,
        HEARTBEAT,
        EXPORT,
        SpecialTokens.SETTING,
        TokenizerService.Options.CHAT,
        TokenizerService.Options.THINKING);
  }
}
