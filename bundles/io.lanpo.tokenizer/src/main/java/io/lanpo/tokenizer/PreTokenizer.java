package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.Metadata;
import java.util.Arrays;

/** How a text is divided before its pieces become tokens; a GGUF file names the way only. */
enum PreTokenizer {
  QWEN2("\\p{N}", true, false),
  LLAMA_BPE("\\p{N}{1,3}", false, true),
  SMOLLM("", false, false);

  private static final String KEY = "tokenizer.ggml.pre";

  private final String digits;
  private final boolean composes;
  private final boolean begins;

  /**
   * @param digits which of them stay together, as a regular expression; empty for another way
   * @param composes whether characters are put together first (NFC)
   * @param begins whether a text begins with the begin-of-sequence token unless the file says
   */
  PreTokenizer(String digits, boolean composes, boolean begins) {
    this.digits = digits;
    this.composes = composes;
    this.begins = begins;
  }

  /** The one that a file names. */
  static PreTokenizer of(Metadata notes) {
    String name = notes.has(KEY) ? notes.text(KEY) : "(absent)";
    return Arrays.stream(values())
        .filter(kind -> Setting.word(kind).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "%s: %s = %s is not supported; %s are"
                        .formatted(
                            notes.file(),
                            KEY,
                            name,
                            String.join(", ", Arrays.stream(values()).map(Setting::word).toList())),
                    "Choose another model, or take its checkpoint from Hugging Face."));
  }

  boolean beginsByDefault() {
    return begins;
  }

  /** Whether a piece that is a token is taken as it is, whatever the merges would make of it. */
  boolean takesWholeWords() {
    return this == LLAMA_BPE;
  }

  JsonElement normalizer() {
    return composes ? object("{'type': 'NFC'}") : JsonNull.INSTANCE;
  }

  JsonObject json() {
    boolean ownWay = digits.isEmpty();
    JsonObject bytes =
        object("{'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true}");
    bytes.addProperty("use_regex", ownWay);
    JsonArray steps = new JsonArray();
    steps.add(ownWay ? digit() : split());
    steps.add(bytes);
    JsonObject sequence = object("{'type': 'Sequence'}");
    sequence.add("pretokenizers", steps);
    return sequence;
  }

  private static JsonObject digit() {
    return object("{'type': 'Digits', 'individual_digits': true}");
  }

  /** Contractions, words, digits, signs, white space. */
  private JsonObject split() {
    JsonObject pattern = new JsonObject();
    pattern.addProperty(
        "Regex",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
            + digits
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
    JsonObject split = object("{'type': 'Split'}");
    split.add("pattern", pattern);
    split.addProperty("behavior", "Isolated");
    split.addProperty("invert", false);
    return split;
  }

  /** JSON that is written with single quotes. */
  static JsonObject object(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }
}
