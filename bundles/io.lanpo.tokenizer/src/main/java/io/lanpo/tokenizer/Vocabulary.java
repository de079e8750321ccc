package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a {@code tokenizer.json}.
 *
 * @param ids every token's id; of the model's and the added ones
 * @param size the largest id + 1
 */
record Vocabulary(Map<String, Integer> ids, int size) {
  /**
   * Reads the ids.
   *
   * @throws UserException when an id is missing, no number or out of order
   */
  static Vocabulary of(TokenizerFiles files) {
    Map<String, Integer> ids = new HashMap<>();
    JsonElement vocab = files.object("model").get("vocab");
    if (vocab instanceof JsonObject byToken) {
      byToken.entrySet().forEach(e -> ids.put(e.getKey(), id(files, e.getKey(), e.getValue())));
    } else if (vocab instanceof JsonArray byId) {
      // Unigram: token and score, in the order of the ids.
      for (int id = 0; id < byId.size(); id++) {
        ids.put(unigram(files, byId.get(id)), id);
      }
    }
    if (files.json().get("added_tokens") instanceof JsonArray added) {
      add(files, added, ids);
    }
    int largest = ids.values().stream().mapToInt(id -> id).max().orElse(-1);
    if (largest < 0) {
      throw files.malformed("it has no tokens");
    }
    return new Vocabulary(ids, largest + 1);
  }

  /** Adds the tokens that the model does not know; their ids must follow those of the others. */
  private static void add(TokenizerFiles files, JsonArray added, Map<String, Integer> ids) {
    int next = ids.size();
    for (JsonElement token : added) {
      if (!(token instanceof JsonObject object)
          || !(object.get("content") instanceof JsonPrimitive text && text.isString())) {
        throw files.malformed("the added token %s has no content".formatted(token));
      }
      String content = text.getAsString();
      int id = id(files, content, object.get("id"));
      Integer known = ids.putIfAbsent(content, id);
      if (known == null ? id != next : id != known) {
        // The library would silently give it another number, and the model would mean another one.
        throw files.malformed(
            "the id of the added token %s is %d and must be %d"
                .formatted(content, id, known == null ? next : known));
      }
      next += known == null ? 1 : 0;
    }
  }

  private static String unigram(TokenizerFiles files, JsonElement entry) {
    if (entry instanceof JsonArray pair
        && !pair.isEmpty()
        && pair.get(0) instanceof JsonPrimitive token
        && token.isString()) {
      return token.getAsString();
    }
    throw files.malformed("the token %s is not a text with its score".formatted(entry));
  }

  private static int id(TokenizerFiles files, String token, @Nullable JsonElement value) {
    if (value instanceof JsonPrimitive number && number.getAsString().matches("\\d{1,9}")) {
      return number.getAsInt();
    }
    throw files.malformed("the id of the token %s is %s".formatted(token, value));
  }

  /**
   * The token that ends an answer: {@code eos_token} of the tokenizer, which for a chat model ends
   * the assistant's turn; else the first {@code eos_token_id} of the model's configuration.
   */
  int endToken(HubFiles files) {
    Path config = files.folder().resolve(TokenizerFiles.CONFIG);
    String token = files.specialToken("eos_token");
    if (token != null) {
      Integer id = ids.get(token);
      if (id == null) {
        throw new UserException(
            "%s: eos_token '%s' is not in %s".formatted(config, token, TokenizerFiles.TOKENIZER),
            "Restore the files of the tokenizer; they must belong together.");
      }
      return id;
    }
    for (String name : List.of("generation_config.json", "config.json")) {
      Path file = files.folder().resolve(name);
      JsonElement value = HubFiles.ofModel(file, "eos_token_id");
      if (value instanceof JsonArray several && !several.isEmpty()) {
        value = several.get(0);
      }
      if (value instanceof JsonPrimitive number && number.isNumber()) {
        return checked(file, number);
      }
    }
    throw new UserException(
        "%s has no eos_token, and neither generation_config.json nor config.json has an eos_token_id"
            .formatted(config),
        "Add eos_token with the token that ends an answer.");
  }

  private int checked(Path file, JsonPrimitive id) {
    if (!id.getAsString().matches("\\d{1,9}") || id.getAsInt() >= size) {
      throw new UserException(
          "%s: eos_token_id %s is outside the vocabulary of %d"
              .formatted(file, id.getAsString(), size),
          "Restore the files of the checkpoint; they must belong together.");
    }
    return id.getAsInt();
  }
}
