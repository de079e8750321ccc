package io.lanpo.policy.tinker;

import io.lanpo.api.component.Setting;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.policy.tinker.protocol.WireFormat;
import io.lanpo.policy.tinker.train.Normalization;
import io.lanpo.policy.tinker.train.Objective;
import java.util.List;

/** The settings of this backend. */
final class TinkerSettings {
  static final String BASE_MODEL = "base-model";
  static final String CONTEXT = "context";
  static final String LORA_RANK = "lora.rank";
  static final String LORA_SEED = "lora.seed";
  static final String OBJECTIVE = "objective";
  static final String NORMALIZATION = "normalization";
  static final String WIRE = "wire";
  static final String UPDATE_TOKENS = "update-tokens";
  static final String TIMEOUT = "timeout";
  static final String HEARTBEAT = "heartbeat";
  static final String EXPORT = "export";

  private static final int DAY = 86_400;
  private static final int REQUEST_TIMEOUT_SECONDS = 60;

  private TinkerSettings() {}

  static List<Setting> all() {
    return HttpSettings.with(
        "TINKER_API_KEY", HttpSettings.X_API_KEY, REQUEST_TIMEOUT_SECONDS, own());
  }

  private static List<Setting> own() {
    return List.of(
        Setting.text(
            BASE_MODEL, "", "The server's name of the model; empty: the only one that it has."),
        Setting.integer(
            CONTEXT,
            0,
            0,
            1 << 24,
            "tokens",
            "Longest sequence; 0: max_position_embeddings of the model folder's config.json."),
        Setting.integer(
            LORA_RANK, 32, 0, 4096, "", "Rank of the low-rank adapters; 0: all weights learn."),
        Setting.integer(
            LORA_SEED, 0, 0, Integer.MAX_VALUE, "", "Fixes the adapters before the first update."),
        Setting.choice(
            OBJECTIVE,
            Objective.class,
            "The server's loss for policy gradients: ppo clips, importance-sampling does not, cispo"
                + " clips the weight only (arXiv 2506.13585)."),
        Setting.choice(
            NORMALIZATION,
            Normalization.class,
            "What the server makes of token losses: their mean over a sequence and over sequences"
                + " (SkyRL with jax), or their sum (the protocol itself)."),
        Setting.choice(
            WIRE,
            WireFormat.class,
            "How batches travel: protobuf, or json for servers of before SDK 0.25, such as verl's."),
        Setting.integer(
            UPDATE_TOKENS,
            65_536,
            1,
            1 << 24,
            "tokens",
            "Tokens of one request of an update; an update sums as many as it needs."),
        Setting.integer(
            TIMEOUT, 1800, 1, DAY, "s", "Longest wait for one result, e.g. of an optimiser step."),
        Setting.integer(
            HEARTBEAT, 10, 1, 3600, "s", "How often the server is sent a sign of life."),
        Setting.flag(
            EXPORT,
            false,
            "Whether a checkpoint folder also gets the server's archive of the weights for sampling."));
  }
}
