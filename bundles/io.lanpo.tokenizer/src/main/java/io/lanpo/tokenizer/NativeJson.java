package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json} as the native library gets it. The library ends the whole process at
 * some faults in the JSON itself, wherever it expects none; so what is not plain JSON never reaches
 * it.
 */
final class NativeJson {
  /** The library's own limit is 127. */
  private static final int DEEPEST = 100;

  private final TokenizerFiles files;

  private NativeJson(TokenizerFiles files) {
    this.files = files;
  }

  /**
   * The text of a file that was read.
   *
   * @throws io.lanpo.api.component.UserException when the library would not read it as JSON
   */
  static byte[] of(TokenizerFiles files, JsonObject json) {
    NativeJson checks = new NativeJson(files);
    checks.check(json, 0);
    checks.checkProcessor(json.get("post_processor"));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void check(JsonElement element, int depth) {
    if (depth > DEEPEST) {
      throw files.malformed("it nests more than %d deep".formatted(DEEPEST));
    }
    if (element instanceof JsonObject object) {
      object
          .asMap()
          .forEach(
              (key, value) -> {
                checkText(key);
                check(value, depth + 1);
              });
    } else if (element instanceof JsonArray array) {
      array.forEach(one -> check(one, depth + 1));
    } else if (element instanceof JsonPrimitive primitive) {
      if (primitive.isNumber()) {
        checkNumber(primitive);
      } else if (primitive.isString()) {
        checkText(primitive.getAsString());
      }
    }
  }

  private void checkNumber(JsonPrimitive number) {
    if (!Double.isFinite(Double.parseDouble(number.getAsString()))) {
      throw files.malformed("the number %s is too large".formatted(number));
    }
  }

  /** A template that names a special token without ids ends the process at the first text. */
  private void checkProcessor(@Nullable JsonElement element) {
    if (!(element instanceof JsonObject processor)) {
      return;
    }
    if (processor.get("processors") instanceof JsonArray several) {
      several.forEach(this::checkProcessor);
    }
    JsonElement specials = processor.get("special_tokens");
    for (String template : List.of("single", "pair")) {
      if (processor.get(template) instanceof JsonArray pieces) {
        for (JsonElement piece : pieces) {
          if (piece instanceof JsonObject object
              && object.get("SpecialToken") instanceof JsonObject special
              && special.get("id") instanceof JsonPrimitive id
              && !(specials instanceof JsonObject known && known.has(id.getAsString()))) {
            throw files.malformed("its post_processor lacks the special token " + id);
          }
        }
      }
    }
  }

  private void checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw files.malformed("it has half a character in a text");
        }
        i++;
      }
    }
  }
}
