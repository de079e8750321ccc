package io.lanpo.tokenizer;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A byte-level BPE tokenizer like those of GPT-2's descendants, in small: the bytes, two merges.
 */
final class TinyBpe {
  static final int HE = 256;
  static final int HEL = 257;
  static final int BEGIN = 258;
  static final int TURN = 259;
  static final int END = 260;

  /** An added token that is not special. */
  static final int TOOL = 261;

  private TinyBpe() {}

  /** The character that stands for a byte: itself if it can be seen, else one from 256 on. */
  static String symbol(int value) {
    int hidden = (int) IntStream.range(0, value).filter(before -> !isSeen(before)).count();
    return Character.toString(isSeen(value) ? value : 256 + hidden);
  }

  private static boolean isSeen(int value) {
    return value >= '!' && value <= '~'
        || value >= 0xa1 && value <= 0xac
        || value >= 0xae && value <= 0xff;
  }

  /**
   * Writes {@code tokenizer.json}.
   *
   * @param begins whether the post-processor puts a begin-of-sequence token in front
   */
  static void write(Path folder, boolean begins) throws IOException {
    Map<String, Object> vocab = new LinkedHashMap<>();
    for (int value = 0; value < 256; value++) {
      vocab.put(symbol(value), value);
    }
    vocab.put("he", HE);
    vocab.put("hel", HEL);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.0");
    // Real files ask for this; prompts must not be cut all the same.
    json.put(
        "truncation",
        Map.of("max_length", 5, "strategy", "LongestFirst", "stride", 0, "direction", "Right"));
    json.put(
        "added_tokens",
        List.of(
            added(BEGIN, "<|begin|>", true),
            added(TURN, "<|im_start|>", true),
            added(END, "<|im_end|>", true),
            added(TOOL, "<tool>", false)));
    json.put("pre_tokenizer", byteLevel());
    json.put("post_processor", begins ? beginInFront() : byteLevel());
    json.put("decoder", byteLevel());
    json.put(
        "model",
        Map.of(
            "type",
            "BPE",
            "vocab",
            vocab,
            "merges",
            List.of(List.of("h", "e"), List.of("he", "l"))));
    Files.writeString(folder.resolve("tokenizer.json"), new Gson().toJson(json));
  }

  private static Map<String, Object> byteLevel() {
    return Map.of(
        "type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
  }

  private static Map<String, Object> beginInFront() {
    Map<String, Object> begin = Map.of("SpecialToken", Map.of("id", "<|begin|>", "type_id", 0));
    Map<String, Object> text = Map.of("Sequence", Map.of("id", "A", "type_id", 0));
    return Map.of(
        "type",
        "TemplateProcessing",
        "single",
        List.of(begin, text),
        "pair",
        List.of(begin, text, Map.of("Sequence", Map.of("id", "B", "type_id", 1))),
        "special_tokens",
        Map.of(
            "<|begin|>",
            Map.of("id", "<|begin|>", "ids", List.of(BEGIN), "tokens", List.of("<|begin|>"))));
  }

  private static Map<String, Object> added(int id, String content, boolean special) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("id", id);
    token.put("content", content);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.put(flag, false);
    }
    token.put("special", special);
    return token;
  }
}
