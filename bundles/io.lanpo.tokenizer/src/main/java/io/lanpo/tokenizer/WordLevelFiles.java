package io.lanpo.tokenizer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a word-level tokenizer as Hugging Face's {@code tokenizers} library does: model
 * {@code WordLevel} behind a {@code WhitespaceSplit}, a begin-of-sequence token by {@code
 * TemplateProcessing}.
 */
final class WordLevelFiles {
  static final String TYPE = "WordLevel";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /** The turns of a chat joined by spaces, as {@link WordTokenizer} does. */
  private static final String CHAT_TEMPLATE =
      "{{ bos_token }}{% for message in messages %} {{ message['content'] }}{% endfor %}";

  private WordLevelFiles() {}

  /**
   * Writes the files.
   *
   * @param words every word by its id, the special ones first
   */
  static void write(List<String> words, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(TokenizerFiles.TOKENIZER), GSON.toJson(tokenizerJson(words)) + "\n");
      Files.writeString(folder.resolve(TokenizerFiles.CONFIG), GSON.toJson(configJson()) + "\n");
    } catch (IOException e) {
      throw TokenizerFiles.cannotWrite(folder, e);
    }
  }

  private static JsonObject tokenizerJson(List<String> words) {
    JsonArray added = new JsonArray();
    JsonObject vocabulary = new JsonObject();
    for (int id = 0; id < words.size(); id++) {
      String word = words.get(id);
      vocabulary.addProperty(word, id);
      if (id < SpecialWords.ALL.size()) {
        added.add(addedToken(id, word));
      }
    }
    JsonObject model = typed(TYPE);
    model.add("vocab", vocabulary);
    // The format wants a name; that it is not in the vocabulary makes an unknown word an error
    // there too.
    model.addProperty("unk_token", "<unk>");
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("truncation", JsonNull.INSTANCE);
    json.add("padding", JsonNull.INSTANCE);
    json.add("added_tokens", added);
    json.add("normalizer", JsonNull.INSTANCE);
    json.add("pre_tokenizer", typed("WhitespaceSplit"));
    json.add("post_processor", beginInFront());
    json.add("decoder", JsonNull.INSTANCE);
    json.add("model", model);
    return json;
  }

  private static JsonObject typed(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    return json;
  }

  private static JsonObject addedToken(int id, String word) {
    JsonObject token = new JsonObject();
    token.addProperty("id", id);
    token.addProperty("content", word);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.addProperty(flag, false);
    }
    token.addProperty("special", true);
    return token;
  }

  private static JsonObject beginInFront() {
    int id = SpecialWords.ALL.indexOf(SpecialWords.BEGIN);
    JsonObject special = new JsonObject();
    special.addProperty("id", SpecialWords.BEGIN);
    special.add("ids", arrayOf(new JsonPrimitive(id)));
    special.add("tokens", arrayOf(new JsonPrimitive(SpecialWords.BEGIN)));
    JsonObject specials = new JsonObject();
    specials.add(SpecialWords.BEGIN, special);
    JsonObject json = typed("TemplateProcessing");
    json.add("single", arrayOf(piece("SpecialToken", SpecialWords.BEGIN), piece("Sequence", "A")));
    json.add(
        "pair",
        arrayOf(
            piece("SpecialToken", SpecialWords.BEGIN),
            piece("Sequence", "A"),
            piece("Sequence", "B")));
    json.add("special_tokens", specials);
    return json;
  }

  private static JsonObject piece(String kind, String id) {
    JsonObject inner = new JsonObject();
    inner.addProperty("id", id);
    inner.addProperty("type_id", 0);
    JsonObject piece = new JsonObject();
    piece.add(kind, inner);
    return piece;
  }

  private static JsonArray arrayOf(JsonElement... elements) {
    JsonArray array = new JsonArray();
    List.of(elements).forEach(array::add);
    return array;
  }

  private static JsonObject configJson() {
    JsonObject json = new JsonObject();
    json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    json.addProperty("bos_token", SpecialWords.BEGIN);
    json.addProperty("eos_token", SpecialWords.END);
    json.addProperty("pad_token", SpecialWords.PAD);
    json.addProperty("clean_up_tokenization_spaces", false);
    json.addProperty("chat_template", CHAT_TEMPLATE);
    return json;
  }

  /** Whether LANPO wrote the file: its kind, and its special tokens at their ids. */
  static boolean isOurs(TokenizerFiles files) {
    JsonObject model = files.object("model");
    if (!new JsonPrimitive(TYPE).equals(model.get("type"))
        || !(model.get("vocab") instanceof JsonObject vocabulary)) {
      return false;
    }
    boolean ours = true;
    for (int id = 0; id < SpecialWords.ALL.size(); id++) {
      ours &= id(vocabulary.get(SpecialWords.ALL.get(id))) == id;
    }
    return ours;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return the words without the special ones
   * @throws UserException when the ids have gaps or the words are not split by white space
   */
  static List<String> read(TokenizerFiles files) {
    if (!(files.object("model").get("vocab") instanceof JsonObject vocabulary)) {
      throw files.malformed("model.vocab is missing");
    }
    List<String> words = new ArrayList<>(Collections.nCopies(vocabulary.size(), ""));
    for (Map.Entry<String, JsonElement> entry : vocabulary.entrySet()) {
      int id = id(entry.getValue());
      if (id < 0 || id >= words.size() || !words.get(id).isEmpty()) {
        throw files.malformed(
            "the id of the word %s must be one of 0 to %d, each used once, but is %s"
                .formatted(entry.getKey(), words.size() - 1, entry.getValue()));
      }
      words.set(id, entry.getKey());
    }
    int special = SpecialWords.ALL.size();
    if (!(files.json().get("pre_tokenizer") instanceof JsonObject splitter)
        || !splitter.equals(typed("WhitespaceSplit"))) {
      throw files.malformed("its pre_tokenizer must be WhitespaceSplit");
    }
    return words.subList(special, words.size());
  }

  private static int id(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive p && p.getAsString().matches("\\d{1,9}")
        ? p.getAsInt()
        : -1;
  }
}
