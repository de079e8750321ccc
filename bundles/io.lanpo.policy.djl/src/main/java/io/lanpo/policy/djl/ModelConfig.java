package io.lanpo.policy.djl;

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
import org.jspecify.annotations.Nullable;

/** A checkpoint's {@code config.json}; every complaint names the file and the key. */
final class ModelConfig {
  static final String FILE = "config.json";

  private static final String ROPE_PARAMETERS = "rope_parameters";
  private static final String ROPE_SCALING = "rope_scaling";

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

  static ModelConfig read(Path folder) {
    return read(folder, FILE);
  }

  /** Another JSON object of a checkpoint folder. */
  static ModelConfig read(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      return new ModelConfig(
          file, "", JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException e) {
      throw new UserException(file + " is missing", "Name a folder with a whole checkpoint.", e);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new UserException(
          file + " is not a JSON object", "Take another copy of the checkpoint.", e);
    }
  }

  Path file() {
    return file;
  }

  /** A positive whole number. */
  int integer(String key) {
    int value = number(key).intValue();
    if (value < 1 || value != number(key).doubleValue()) {
      throw wrong(key, "a positive whole number");
    }
    return value;
  }

  int integer(String key, int absent) {
    return has(key) ? integer(key) : absent;
  }

  double decimal(String key, double absent) {
    return has(key) ? number(key).doubleValue() : absent;
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

  String text(String key) {
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
  void require(String key, Object only) {
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
  void requireAbsent(String key) {
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
    if (has(key) && number(key).doubleValue() != only) {
      throw unsupported(key, only);
    }
  }

  /** Refuses sizes of which the one does not divide the other. */
  void requireDivisor(String key, String of) {
    if (integer(of) % integer(key) != 0) {
      throw new UserException(
          "%s: %s = %d does not divide %s = %d".formatted(file, key, integer(key), of, integer(of)),
          "Take another copy of the checkpoint.");
    }
  }

  /**
   * The rotary positions: {@code rope_theta} and {@code rope_scaling}, which newer files keep
   * together in {@code rope_parameters}.
   */
  Rope rope(double absentTheta) {
    if (has(ROPE_PARAMETERS)) {
      ModelConfig rope = object(ROPE_PARAMETERS);
      rope.requireNumber("partial_rotary_factor", 1);
      return new Rope(
          rope.decimal("rope_theta", decimal("rope_theta", absentTheta)), rope.scaling());
    }
    double theta = decimal("rope_theta", absentTheta);
    return has(ROPE_SCALING) ? new Rope(theta, object(ROPE_SCALING).scaling()) : Rope.of(theta);
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
      case "llama3" ->
          new Rope.Llama3(
              positive("factor"),
              positive("low_freq_factor"),
              positive("high_freq_factor"),
              integer("original_max_position_embeddings"));
      default -> throw unsupported(key, "default, linear or llama3");
    };
  }

  private double positive(String key) {
    double value = number(key).doubleValue();
    if (!(value > 0)) {
      throw wrong(key, "a positive number");
    }
    return value;
  }

  /** The whole content, a copy. */
  JsonObject content() {
    return values.deepCopy();
  }

  private Number number(String key) {
    JsonElement value = values.get(key);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw wrong(key, "a number");
    }
    return value.getAsNumber();
  }

  private UserException wrong(String key, String right) {
    JsonElement value = values.get(key);
    return new UserException(
        "%s: %s = %s; it must be %s"
            .formatted(file, path + key, value == null ? "(absent)" : value, right),
        "Take another copy of the checkpoint.");
  }
}
