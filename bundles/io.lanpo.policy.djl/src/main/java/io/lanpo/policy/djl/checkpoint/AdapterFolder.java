package io.lanpo.policy.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder {@code adapter} within a checkpoint: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}, as the library PEFT reads and writes them. The configuration names
 * the checkpoint with the frozen weights.
 */
public final class AdapterFolder {
  static final String CONFIG = "adapter_config.json";

  private static final String FOLDER = "adapter";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String BASE = "base_model_name_or_path";
  private static final String RANK = "r";
  private static final String ALPHA = "lora_alpha";
  private static final String TARGETS = "target_modules";

  private final Path path;

  /**
   * @param checkpoint the checkpoint's folder
   */
  public AdapterFolder(Path checkpoint) {
    path = checkpoint.resolve(FOLDER);
  }

  Path path() {
    return path;
  }

  /**
   * Whether a checkpoint is nothing but the weights that adapters are for.
   *
   * @param base the folder of these weights
   */
  public static boolean bare(Path checkpoint, Path base) {
    try {
      return !new AdapterFolder(checkpoint).exists() && Files.isSameFile(checkpoint, base);
    } catch (IOException e) {
      return false;
    }
  }

  public boolean exists() {
    return Files.exists(path.resolve(CONFIG));
  }

  Path weights() {
    return path.resolve(WEIGHTS);
  }

  /** The configuration of adapters on a base. */
  static JsonObject config(LoraConfig lora, Path base) {
    JsonArray targets = new JsonArray();
    lora.targets().forEach(targets::add);
    JsonObject config = new JsonObject();
    config.addProperty("peft_type", "LORA");
    config.addProperty("task_type", "CAUSAL_LM");
    config.addProperty(BASE, base.toString());
    config.addProperty(RANK, lora.rank());
    config.addProperty(ALPHA, lora.alpha());
    config.add(TARGETS, targets);
    config.addProperty("lora_dropout", 0.0);
    config.addProperty("bias", "none");
    config.addProperty("fan_in_fan_out", false);
    config.addProperty("inference_mode", true);
    return config;
  }

  /**
   * The checkpoint that the adapters are for.
   *
   * @throws UserException when the adapters are not those that are asked for, or the checkpoint is
   *     gone
   */
  public Path base(LoraConfig lora, Settings settings) {
    ModelConfig config = ModelConfig.read(path, CONFIG);
    refuseUnsupported(config);
    require(config, RANK, config.integer(RANK), settings.key(LoraConfig.RANK), lora.rank());
    require(config, ALPHA, config.positive(ALPHA), settings.key(LoraConfig.ALPHA), lora.alpha());
    Set<String> targets = new TreeSet<>();
    if (config.content().get(TARGETS) instanceof JsonArray names) {
      for (JsonElement name : names) {
        targets.add(name.isJsonPrimitive() ? name.getAsString() : name.toString());
      }
    }
    String setting = settings.key(LoraConfig.TARGETS);
    require(config, TARGETS, targets, setting, new TreeSet<>(lora.targets()));
    return base();
  }

  /** The checkpoint that the adapters, whatever they are, are for. */
  Path base() {
    ModelConfig config = ModelConfig.read(path, CONFIG);
    String named = config.text(BASE);
    Path base;
    try {
      base = Path.of(named);
    } catch (InvalidPathException e) {
      throw new UserException(
          "%s: %s = %s is not a path"
              .formatted(config.file(), BASE, named.replaceAll("\\p{Cntrl}", "?")),
          "Write where the checkpoint is that the adapters were trained on.",
          e);
    }
    if (!Files.isDirectory(base) && GgufFile.in(base).isEmpty()) {
      throw new UserException(
          "%s: %s = %s is not a folder".formatted(config.file(), BASE, base),
          "Bring back the checkpoint that the adapters were trained on, or write where it is now.");
    }
    return base;
  }

  /** What PEFT would compute otherwise; what only adds tensors is noticed by these. */
  private static void refuseUnsupported(ModelConfig config) {
    config.require("peft_type", "LORA");
    config.require("bias", "none");
    for (String flag : List.of("fan_in_fan_out", "use_rslora", "use_dora", "use_qalora")) {
      config.require(flag, false);
    }
    for (String pattern : List.of("rank_pattern", "alpha_pattern")) {
      config.require(pattern, "{}");
    }
    config.require("lora_bias", false);
    for (String key :
        List.of(
            "modules_to_save",
            "layers_to_transform",
            "layer_replication",
            "exclude_modules",
            "trainable_token_indices",
            "target_parameters",
            "alora_invocation_tokens")) {
      config.requireAbsent(key);
    }
  }

  private static void require(
      ModelConfig config, String key, Object stored, String setting, Object asked) {
    if (!stored.equals(asked)) {
      throw new UserException(
          "%s: %s = %s, but %s = %s".formatted(config.file(), key, stored, setting, asked),
          "Set %s to what the adapters were trained with.".formatted(setting));
    }
  }

  /** The error of opening adapters as if they were a whole model. */
  public UserException needsAdapters(Settings settings) {
    int rank = ModelConfig.read(path, CONFIG).integer(RANK);
    return new UserException(
        "%s holds adapters of rank %d and no whole model".formatted(path, rank),
        "Set %s=%d, with the alpha and targets of its %s, or save with %s=%s."
            .formatted(
                settings.key(LoraConfig.RANK),
                rank,
                CONFIG,
                settings.key(LoraConfig.SAVE),
                LoraConfig.MERGED));
  }
}
