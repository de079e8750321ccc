package io.lanpo.policy.djl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A checkpoint's {@code config.json}; every complaint names the file and the key. */
final class ModelConfig {
  static final String FILE = "config.json";

  private static final String ROPE_PARAMETERS = "rope_parameters";

  private final Path file;
  private final JsonObject values;

  private ModelConfig(Path file, JsonObject values) {
    this.file = file;
    this.values = values;
  }

  static ModelConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return new ModelConfig(
          file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
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
        "%s: %s = %s is not supported; only %s is".formatted(file, key, values.get(key), only),
        "Choose a checkpoint without it.");
  }

  /** Refuses a key with any value other than null. */
  void requireAbsent(String key) {
    if (has(key)) {
      throw unsupported(key, "null");
    }
  }

  /** {@code rope_theta}, which newer files keep inside {@code rope_parameters}. */
  double ropeTheta(double absent) {
    if (!has(ROPE_PARAMETERS)) {
      return decimal("rope_theta", absent);
    }
    if (!values.get(ROPE_PARAMETERS).isJsonObject()) {
      throw wrong(ROPE_PARAMETERS, "an object");
    }
    ModelConfig rope = new ModelConfig(file, values.getAsJsonObject(ROPE_PARAMETERS));
    rope.require("rope_type", "default");
    return rope.decimal("rope_theta", absent);
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
            .formatted(file, key, value == null ? "(absent)" : value, right),
        "Take another copy of the checkpoint.");
  }
}
