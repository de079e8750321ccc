package io.lanpo.policy.djl.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkpoint's {@code config.json}; every complaint names the file and the key. */
public final class ModelConfig {
  public static final String FILE = "config.json";

  /** More than any model has; a larger number is damage. */
  private static final int MOST_LAYERS = 10_000;

  private static final String ROPE_PARAMETERS = "rope_parameters";
  private static final String ROPE_SCALING = "rope_scaling";
  private static final String ORIGINAL_CONTEXT = "original_max_position_embeddings";

  private final Path file;
  private final String path;
  private final JsonObject values;

  /**
   * @param path of these values within the file, for messages
   */
  private ModelConfig(Path file, String path, JsonObject values) {
    this.file = file;
    this.path = path;
    this.values = values;
  }

  public static ModelConfig read(Path folder) {
    return read(folder, FILE);
  }

  /**
   * What stands for such a file.
   *
   * @param file that the values come from
   */
  public static ModelConfig of(Path file, JsonObject values) {
    return new ModelConfig(file, "", values);
  }

  /** Another JSON object of a checkpoint folder. */
  public static ModelConfig read(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      return new ModelConfig(
          file, "", JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException e) {
      throw OtherFormats.missing(file, e);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new UserException(
          file + " is not a JSON object", "Take another copy of the checkpoint.", e);
    }
  }

  public Path file() {
    return file;
  }

  /** A positive whole number. */
  public int integer(String key) {
    double value = number(key);
    if (!(value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw wrong(key, "a positive whole number");
    }
    return (int) value;
  }

  /** A whole number within bounds, both of them allowed. */
  int between(String key, int least, int most) {
    int value = integer(key);
    if (value < least || value > most) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most));
    }
    return value;
  }

  /** A positive number. */
  public double positive(String key) {
    double value = number(key);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw wrong(key, "a positive number");
    }
    return value;
  }

  public double positive(String key, double absent) {
    return has(key) ? positive(key) : absent;
  }

  /**
   * Token ids: one, or a list of them; absent means none.
   *
   * @param known how many tokens there are
   */
  public List<Integer> tokens(String key, int known) {
    if (!has(key)) {
      return List.of();
    }
    JsonElement value = values.get(key);
    List<JsonElement> all = value instanceof JsonArray array ? array.asList() : List.of(value);
    if (!all.stream().allMatch(ModelConfig::isToken)) {
      throw wrong(key, "a token id or a list of them");
    }
    if (!all.stream().allMatch(id -> id.getAsInt() < known)) {
      throw wrong(key, "below the %d tokens of the tokenizer beside it".formatted(known));
    }
    return all.stream().map(JsonElement::getAsInt).toList();
  }

  private static boolean isToken(JsonElement value) {
    return value instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsString().matches("\\d{1,9}");
  }

  boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    JsonElement value = values.get(key);
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.getAsBoolean();
  }

  public String text(String key) {
    JsonElement value = values.get(key);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw wrong(key, "text");
    }
    return value.getAsString();
  }

  /** Whether a key is there with a value other than null. */
  boolean has(String key) {
    return values.has(key) && !values.get(key).isJsonNull();
  }

  /** Refuses anything but one value, which is also what an absent key means. */
  public void require(String key, Object only) {
    if (has(key) && !values.get(key).toString().replace("\"", "").equals(only.toString())) {
      throw unsupported(key, only);
    }
  }

  private UserException unsupported(String key, Object only) {
    return new UserException(
        "%s: %s = %s is not supported; only %s is"
            .formatted(file, path + key, values.get(key), only),
        "Choose a checkpoint without it.");
  }

  /** Refuses a key with any value other than null. */
  public void requireAbsent(String key) {
    if (has(key)) {
      throw unsupported(key, "null");
    }
  }

  /** Refuses an array with anything but one word in it; absent means that word. */
  void requireIn(String key, String only) {
    if (has(key)
        && !(values.get(key) instanceof JsonArray array
            && array.asList().stream().allMatch(new JsonPrimitive(only)::equals))) {
      throw unsupported(key, "[\"" + only + "\"]");
    }
  }

  /** Refuses any other number, however it is written; absent means that number. */
  void requireNumber(String key, double only) {
    if (has(key) && number(key) != only) {
      throw unsupported(key, only);
    }
  }

  /** The sizes; what families read in their own ways is given. */
  ModelSizes sizes(int headWidth, int previousTokens, Rope rope) {
    int heads = heads();
    return new ModelSizes(
        integer("vocab_size"),
        integer("hidden_size"),
        between("num_hidden_layers", 1, MOST_LAYERS),
        heads,
        kvHeads(heads),
        headWidth,
        integer("intermediate_size"),
        between("max_position_embeddings", 2, Integer.MAX_VALUE),
        previousTokens,
        rope);
  }

  private int heads() {
    return integer("num_attention_heads");
  }

  /** Width of a head, {@code head_dim}; even, for the rotations. */
  int headWidth() {
    int width = integer("head_dim");
    if (width % 2 != 0) {
      throw wrong("head_dim", "even");
    }
    return width;
  }

  /** The same; where it is absent, the heads share the width of the hidden state. */
  int headWidthOrShare() {
    if (has("head_dim")) {
      return headWidth();
    }
    int width = integer("hidden_size");
    int heads = heads();
    if (width % (2 * heads) != 0) {
      throw wrong("hidden_size", "an even multiple of num_attention_heads = " + heads);
    }
    return width / heads;
  }

  /** Key and value heads of so many heads, which are as many where the key is absent. */
  private int kvHeads(int heads) {
    int kvHeads = has("num_key_value_heads") ? integer("num_key_value_heads") : heads;
    if (heads % kvHeads != 0) {
      throw wrong("num_key_value_heads", "a divisor of num_attention_heads = " + heads);
    }
    return kvHeads;
  }

  /**
   * The rotary positions: {@code rope_theta} and {@code rope_scaling}, which newer files keep
   * together in {@code rope_parameters}.
   */
  Rope rope(double absentTheta) {
    Rope plain = Rope.of(positive("rope_theta", absentTheta));
    Rope newer = has(ROPE_PARAMETERS) ? object(ROPE_PARAMETERS).ropeOr(plain) : null;
    // to transformers, an empty one is as good as none
    boolean scaled = has(ROPE_SCALING) && !object(ROPE_SCALING).values.isEmpty();
    Rope older = scaled ? object(ROPE_SCALING).ropeOr(plain) : null;
    if (newer != null && older != null && !newer.equals(older)) {
      throw new UserException(
          "%s: %s = %s and %s = %s do not say the same"
              .formatted(
                  file,
                  ROPE_SCALING,
                  values.get(ROPE_SCALING),
                  ROPE_PARAMETERS,
                  values.get(ROPE_PARAMETERS)),
          "Take out the one that is wrong; transformers takes %s.".formatted(ROPE_SCALING));
    }
    Rope rope = newer != null ? newer : older != null ? older : plain;
    if (rope.scaling() instanceof Rope.Llama3 llama3) {
      requireNumber(ORIGINAL_CONTEXT, llama3.originalContext()); // which transformers would prefer
    }
    return rope;
  }

  /** These values as those of rotary positions; what they lack comes from others. */
  private Rope ropeOr(Rope absent) {
    requireNumber("partial_rotary_factor", 1);
    for (String key : List.of("full_attention", "sliding_attention", "mrope_section")) {
      requireAbsent(key); // angles by the type of a layer, or by the direction in a picture
    }
    return new Rope(positive("rope_theta", absent.theta()), scaling());
  }

  private ModelConfig object(String key) {
    if (!(values.get(key) instanceof JsonObject object)) {
      throw wrong(key, "an object");
    }
    return new ModelConfig(file, path + key + ".", object);
  }

  private Rope.@Nullable Scaling scaling() {
    String key = has("rope_type") ? "rope_type" : "type";
    String type = has(key) ? text(key) : "default";
    return switch (type) {
      case "default" -> null;
      case "linear" -> new Rope.Linear(positive("factor"));
      case "llama3" -> {
        double low = positive("low_freq_factor");
        double high = positive("high_freq_factor");
        if (high <= low) {
          throw wrong("high_freq_factor", "larger than low_freq_factor = " + low);
        }
        int original = integer(ORIGINAL_CONTEXT);
        yield new Rope.Llama3(positive("factor"), low, high, original);
      }
      default -> throw unsupported(key, "default, linear or llama3");
    };
  }

  /** The whole content, a copy. */
  public JsonObject content() {
    return values.deepCopy();
  }

  private double number(String key) {
    JsonElement value = values.get(key);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw wrong(key, "a number");
    }
    return value.getAsDouble();
  }

  private UserException wrong(String key, String right) {
    JsonElement value = values.get(key);
    return new UserException(
        "%s: %s = %s; it must be %s"
            .formatted(file, path + key, value == null ? "(absent)" : value, right),
        "Take another copy of the checkpoint.");
  }
}
