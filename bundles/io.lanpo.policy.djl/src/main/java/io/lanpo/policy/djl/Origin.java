package io.lanpo.policy.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a checkpoint says of itself beside its weights; kept, so that a saved policy says the same.
 *
 * @param config {@code config.json}
 * @param generation {@code generation_config.json}
 * @param base the folder with the weights that adapters are for; empty of a new model
 */
record Origin(JsonObject config, JsonObject generation, Path base) {
  static final String GENERATION = "generation_config.json";

  private static final String END = "eos_token_id";
  private static final List<String> TYPES = List.of("dtype", "torch_dtype");
  private static final String FLOAT = "float32";

  /** Of a new model. */
  static Origin of(Family family, DecoderShape shape, Tokenizer tokenizer) {
    JsonObject generation = new JsonObject();
    generation.addProperty(END, tokenizer.endToken());
    return new Origin(
        Families.config(family, shape, tokenizer.endToken()), generation, Path.of(""));
  }

  /**
   * Of a checkpoint folder.
   *
   * @param base see {@link #base()}
   */
  static Origin of(Path folder, ModelConfig config, Path base) {
    JsonObject content = config.content();
    for (String type : TYPES) {
      if (content.has(type)) {
        content.addProperty(type, FLOAT); // which is what is written
      }
    }
    if (Files.exists(folder.resolve(GENERATION))) {
      return new Origin(content, ModelConfig.read(folder, GENERATION).content(), base);
    }
    JsonObject generation = new JsonObject();
    if (content.has(END)) {
      generation.add(END, content.get(END));
    }
    return new Origin(content, generation, base);
  }

  /** Every end-of-sequence token that the two files name. */
  int[] endTokens() {
    return IntStream.concat(ends(config, ModelConfig.FILE), ends(generation, GENERATION))
        .distinct()
        .toArray();
  }

  private static IntStream ends(JsonObject from, String file) {
    JsonElement end = from.get(END);
    if (end == null || end.isJsonNull()) {
      return IntStream.empty();
    }
    try {
      return end instanceof JsonArray many
          ? many.asList().stream().mapToInt(JsonElement::getAsInt)
          : IntStream.of(end.getAsInt());
    } catch (NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
      throw new UserException(
          "%s: %s = %s; it must be a token id or a list of them".formatted(file, END, end),
          "Take another copy of the checkpoint.",
          e);
    }
  }
}
