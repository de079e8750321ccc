package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.libs.gguf.Metadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of a GGUF file as the files of a Hugging Face folder, which it is saved as.
 *
 * @param tokenizer its {@code tokenizer.json}
 * @param files all of them
 */
record GgufTokenizer(TokenizerFiles tokenizer, HubFiles files) {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final String MODEL = PREFIX + "model";
  private static final String TOKENS = PREFIX + "tokens";
  private static final String KINDS = PREFIX + "token_type";
  private static final String MERGES = PREFIX + "merges";
  private static final String BEGIN = "bos";
  private static final String TEMPLATE = "tokenizer.chat_template";

  /** Kinds of token, as llama.cpp numbers them. */
  private static final long CONTROL = 3;

  private static final long USER_DEFINED = 4;
  private static final long UNUSED = 5;

  /**
   * Reads the metadata of a file.
   *
   * @throws UserException when it is damaged, or its tokenizer is of a kind that is not read
   */
  static GgufTokenizer read(Path file) {
    try (GgufFile opened = GgufFile.open(file)) {
      return of(file, opened.metadata());
    }
  }

  private static GgufTokenizer of(Path file, Metadata notes) {
    if (!notes.text(MODEL).equals("gpt2")) {
      throw new UserException(
          "%s: %s = %s is not supported; gpt2, which is byte-level BPE, is"
              .formatted(file, MODEL, notes.text(MODEL)),
          "Choose another model, or take its checkpoint from Hugging Face.");
    }
    List<String> tokens = tokens(notes);
    JsonObject config = config(file, notes, tokens);
    JsonObject json = tokenizerJson(file, notes, tokens);
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(TokenizerFiles.TOKENIZER, json.toString().getBytes(StandardCharsets.UTF_8));
    contents.put(TokenizerFiles.CONFIG, config.toString().getBytes(StandardCharsets.UTF_8));
    return new GgufTokenizer(
        new TokenizerFiles(file.resolve(TokenizerFiles.TOKENIZER), json),
        new HubFiles(file, contents));
  }

  /** The tokens; what fills the table up to a round number is none. */
  private static List<String> tokens(Metadata notes) {
    List<String> all = notes.texts(TOKENS);
    List<Long> kinds = kinds(notes, all);
    int size = all.size();
    while (size > 0 && kinds.get(size - 1) == UNUSED) {
      size--;
    }
    return all.subList(0, size);
  }

  private static List<Long> kinds(Metadata notes, List<String> tokens) {
    List<Long> kinds = notes.wholes(KINDS);
    if (kinds.size() < tokens.size()) {
      throw new UserException(
          "%s: %s has %d kinds for %d tokens"
              .formatted(notes.file(), KINDS, kinds.size(), tokens.size()),
          "Take another copy of the file.");
    }
    return kinds;
  }

  private static JsonObject config(Path file, Metadata notes, List<String> tokens) {
    JsonObject config = new JsonObject();
    config.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    Map<String, String> names =
        Map.of(
            BEGIN, "bos_token", "eos", "eos_token", "padding", "pad_token", "unknown", "unk_token");
    names.forEach(
        (written, name) -> {
          String key = PREFIX + written + "_token_id";
          if (notes.has(key)) {
            config.addProperty(name, token(file, key, notes.whole(key), tokens));
          }
        });
    config.addProperty("clean_up_tokenization_spaces", false);
    if (notes.has(TEMPLATE)) {
      config.addProperty("chat_template", notes.text(TEMPLATE));
    }
    return config;
  }

  private static String token(Path file, String key, long id, List<String> tokens) {
    if (id < 0 || id >= tokens.size()) {
      throw new UserException(
          "%s: %s = %d is outside the vocabulary of %d".formatted(file, key, id, tokens.size()),
          "Take another copy of the file.");
    }
    return tokens.get((int) id);
  }

  private static JsonObject tokenizerJson(Path file, Metadata notes, List<String> tokens) {
    PreTokenizer kind = PreTokenizer.of(notes);
    JsonObject vocabulary = new JsonObject();
    JsonArray added = new JsonArray();
    Map<String, Integer> ids = new HashMap<>();
    List<Long> kinds = kinds(notes, tokens);
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      if (ids.put(token, id) != null) {
        throw new UserException(
            "%s: %s has the token '%s' twice".formatted(file, TOKENS, token),
            "Take another copy of the file.");
      }
      vocabulary.addProperty(token, id);
      if (kinds.get(id) == CONTROL || kinds.get(id) == USER_DEFINED) {
        added.add(added(id, token, kinds.get(id) == CONTROL));
      }
    }
    JsonArray merges = new JsonArray();
    notes.texts(MERGES).forEach(merges::add);
    JsonObject model = PreTokenizer.object("{'type': 'BPE', 'dropout': null, 'unk_token': null}");
    model.addProperty("continuing_subword_prefix", "");
    model.addProperty("end_of_word_suffix", "");
    model.addProperty("fuse_unk", false);
    model.addProperty("byte_fallback", false);
    model.addProperty("ignore_merges", kind.takesWholeWords());
    model.add("vocab", vocabulary);
    model.add("merges", merges);
    JsonObject json =
        PreTokenizer.object("{'version': '1.0', 'truncation': null, 'padding': null}");
    json.add("added_tokens", added);
    json.add("normalizer", kind.normalizer());
    json.add("pre_tokenizer", kind.json());
    json.add("post_processor", processor(file, notes, tokens, kind));
    json.add(
        "decoder",
        PreTokenizer.object(
            "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}"));
    json.add("model", model);
    return json;
  }

  private static JsonObject added(int id, String token, boolean special) {
    JsonObject added = new JsonObject();
    added.addProperty("id", id);
    added.addProperty("content", token);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      added.addProperty(flag, false);
    }
    added.addProperty("special", special);
    return added;
  }

  /** Puts the begin-of-sequence token in front, where the model wants one. */
  private static JsonObject processor(
      Path file, Metadata notes, List<String> tokens, PreTokenizer kind) {
    String key = PREFIX + BEGIN + "_token_id";
    if (!notes.flag(PREFIX + "add_bos_token", kind.beginsByDefault()) || !notes.has(key)) {
      return PreTokenizer.object(
          "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':false,'use_regex':false}");
    }
    long id = notes.whole(key);
    String token = token(file, key, id, tokens);
    JsonObject template =
        PreTokenizer.object(
            "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': '', 'type_id': 0}},"
                + " {'Sequence': {'id': 'A', 'type_id': 0}}], 'pair': [{'Sequence': {'id': 'A',"
                + " 'type_id': 0}}, {'Sequence': {'id': 'B', 'type_id': 0}}], 'special_tokens': {}}");
    template
        .getAsJsonArray("single")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("SpecialToken")
        .addProperty("id", token);
    JsonObject special = PreTokenizer.object("{'ids': [], 'tokens': []}");
    special.addProperty("id", token);
    special.getAsJsonArray("ids").add(id);
    special.getAsJsonArray("tokens").add(token);
    template.getAsJsonObject("special_tokens").add(token, special);
    return template;
  }
}
