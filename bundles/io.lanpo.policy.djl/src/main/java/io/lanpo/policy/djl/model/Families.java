package io.lanpo.policy.djl.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import java.util.List;

/** The families this backend knows. */
public final class Families {
  /** The family of small models that are trained from random weights. */
  public static final String MICRO = "micro";

  private static final List<Family> ALL =
      List.of(new MicroFamily(), LlamaFamily.llama(), LlamaFamily.qwen2(), LlamaFamily.qwen3());

  private Families() {}

  public static List<String> names() {
    return ALL.stream().map(Family::name).toList();
  }

  public static Family named(String name) {
    return ALL.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  /** The family that a configuration belongs to. */
  public static Family of(ModelConfig config) {
    String type = config.text("model_type");
    return ALL.stream()
        .filter(f -> f.modelType().equals(type))
        .findFirst()
        .orElseThrow(() -> unknown(config, type));
  }

  /** The whole {@code config.json} of a model. */
  public static JsonObject config(Family family, DecoderShape shape, int endToken) {
    JsonObject config = new JsonObject();
    JsonArray architectures = new JsonArray();
    architectures.add(family.architecture());
    config.add("architectures", architectures);
    config.addProperty("model_type", family.modelType());
    config.addProperty("torch_dtype", "float32");
    config.addProperty("eos_token_id", endToken);
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
    family.describe(shape, config);
    return config;
  }

  private static UserException unknown(ModelConfig config, String type) {
    List<String> types = ALL.stream().map(Family::modelType).toList();
    return new UserException(
        "%s: model_type = %s is not supported; supported are %s"
            .formatted(config.file(), type, String.join(", ", types)),
        "Choose a checkpoint of one of these types.");
  }
}
