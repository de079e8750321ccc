package io.lanpo.policy.tinker;

import io.lanpo.api.component.Setting;
import java.util.List;

/** The settings of this backend. */
final class TinkerSettings {
  static final String URL = "url";
  static final String INSECURE = "insecure";
  static final String KEY_VARIABLE = "key-variable";
  static final String KEY_FILE = "key-file";
  static final String KEY_HEADER = "key-header";
  static final String BASE_MODEL = "base-model";
  static final String CONTEXT = "context";
  static final String LORA_RANK = "lora.rank";
  static final String LORA_SEED = "lora.seed";
  static final String OBJECTIVE = "objective";
  static final String NORMALIZATION = "normalization";
  static final String WIRE = "wire";
  static final String IN_FLIGHT = "in-flight";
  static final String UPDATE_TOKENS = "update-tokens";
  static final String REQUEST_TIMEOUT = "request-timeout";
  static final String TIMEOUT = "timeout";
  static final String RETRIES = "retries";
  static final String HEARTBEAT = "heartbeat";
  static final String EXPORT = "export";

  /** Values of {@link #KEY_HEADER}. */
  static final String X_API_KEY = "x-api-key";

  static final String AUTHORIZATION = "authorization";

  private static final int DAY = 86_400;

  private TinkerSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.text(URL, "", "Address of the server, e.g. https://trainer.example:8000."),
        Setting.flag(
            INSECURE,
            false,
            "Whether http:// is allowed to a server that is not on this machine; the key and every"
                + " token then cross the network in the clear."),
        Setting.text(
            KEY_VARIABLE,
            "TINKER_API_KEY",
            "Environment variable with the server's API key, if any."),
        Setting.text(
            KEY_FILE, "", "File with the API key in its only line; comes before the variable."),
        Setting.choice(
            KEY_HEADER, List.of(X_API_KEY, AUTHORIZATION), "Header that carries the API key."),
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
            Wire.class,
            "How batches travel: protobuf, or json for servers of before SDK 0.25, such as verl's."),
        Setting.integer(
            IN_FLIGHT, 64, 1, 1024, "requests", "Requests that are under way at once, at most."),
        Setting.integer(
            UPDATE_TOKENS,
            65_536,
            1,
            1 << 24,
            "tokens",
            "Tokens of one request of an update; an update sums as many as it needs."),
        Setting.integer(
            REQUEST_TIMEOUT, 60, 1, 3600, "s", "Longest wait for an answer before asking again."),
        Setting.integer(
            TIMEOUT, 1800, 1, DAY, "s", "Longest wait for one result, e.g. of an optimiser step."),
        Setting.integer(
            RETRIES, 5, 0, 100, "retries", "How often a request that failed is sent again."),
        Setting.integer(
            HEARTBEAT, 10, 1, 3600, "s", "How often the server is told that the run still lives."),
        Setting.flag(
            EXPORT,
            false,
            "Whether a checkpoint folder also gets the server's archive of the weights for sampling."));
  }
}
