package io.lanpo.policy.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tiny checkpoints and reference values that the peers project wrote. */
final class Fixtures {
  static final int VOCABULARY = 96;

  private static final Path FOLDER = Path.of("../../integration-tests/peers/fixtures");

  private Fixtures() {}

  static Path folder(String name) {
    return FOLDER.resolve(name);
  }

  static JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(FOLDER.resolve(file))).getAsJsonObject();
  }

  /** All of them have the same vocabulary. */
  static TokenizerService tokenizers() {
    return new TokenizerService() {
      @Override
      public Tokenizer ofWords(List<String> words) {
        throw new IllegalStateException("checkpoints are only opened here");
      }

      @Override
      public Tokenizer open(Path checkpoint) {
        return new NumberTokens(VOCABULARY);
      }
    };
  }

  static int[] integers(JsonElement array) {
    return ((JsonArray) array).asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  static float[] floats(JsonElement array) {
    float[] values = new float[((JsonArray) array).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((JsonArray) array).get(i).getAsFloat();
    }
    return values;
  }
}
