package io.lanpo.policy.djl.checkpoint;

import com.google.gson.JsonObject;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.Family;
import io.lanpo.policy.djl.model.ModelConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a checkpoint says of itself beside its weights; kept, so that a saved policy says the same.
 *
 * @param config {@code config.json}
 * @param generation {@code generation_config.json}
 * @param endTokens every end-of-sequence token that the two name
 * @param base the folder with the weights that adapters are for; empty of a new model
 */
public record ModelMetadata(
    JsonObject config, JsonObject generation, List<Integer> endTokens, Path base) {
  static final String GENERATION = "generation_config.json";

  private static final String END = "eos_token_id";

  /** What a generation configuration takes from {@code config.json} where it is missing. */
  private static final List<String> TOKENS = List.of("bos_token_id", END, "pad_token_id");

  private static final List<String> TYPES = List.of("dtype", "torch_dtype");
  private static final String FLOAT = "float32";

  /** Of a new model. */
  public static ModelMetadata of(Family family, DecoderShape shape, Tokenizer tokenizer) {
    JsonObject generation = new JsonObject();
    generation.addProperty(END, tokenizer.endToken());
    int end = tokenizer.endToken();
    return new ModelMetadata(
        Families.config(family, shape, end), generation, List.of(end), Path.of(""));
  }

  /**
   * Of a checkpoint folder.
   *
   * @param tokens how many the tokenizer has
   * @param base see {@link #base()}
   * @throws io.lanpo.api.component.UserException when an end token is none of them
   */
  public static ModelMetadata of(Path folder, ModelConfig config, int tokens, Path base) {
    JsonObject content = config.content();
    for (String type : TYPES) {
      if (content.has(type)) {
        content.addProperty(type, FLOAT); // which is what is written
      }
    }
    List<Integer> ends = config.tokens(END, tokens);
    if (Files.exists(folder.resolve(GENERATION))) {
      ModelConfig generation = ModelConfig.read(folder, GENERATION);
      List<Integer> more = generation.tokens(END, tokens);
      ends = Stream.concat(ends.stream(), more.stream()).distinct().toList();
      return new ModelMetadata(content, generation.content(), ends, base);
    }
    JsonObject generation = new JsonObject();
    TOKENS.stream().filter(content::has).forEach(key -> generation.add(key, content.get(key)));
    return new ModelMetadata(content, generation, ends, base);
  }
}
