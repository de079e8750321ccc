package io.lanpo.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a Hugging Face folder that make up its tokenizer, read when it is opened: the folder
 * may be gone when the tokenizer is saved.
 *
 * @param folder where they were read
 * @param contents what is in them, by name, byte for byte
 */
record HubFiles(Path folder, Map<String, byte[]> contents) {
  static final String TEMPLATE = "chat_template.jinja";
  static final String SPECIAL = "special_tokens_map.json";

  private static final List<String> SAVED =
      List.of(
          TokenizerFiles.TOKENIZER,
          TokenizerFiles.CONFIG,
          TEMPLATE,
          SPECIAL,
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  static HubFiles read(Path folder) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (String name : SAVED) {
      content(folder.resolve(name)).ifPresent(bytes -> contents.put(name, bytes));
    }
    return new HubFiles(folder, contents);
  }

  private static Optional<byte[]> content(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserException(file + " cannot be read: " + e.getMessage(), "Check the file.", e);
    }
  }

  @Nullable String text(String name) {
    byte[] bytes = contents.get(name);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** A file as a JSON object; an empty one if there is no such file. */
  JsonObject json(String name) {
    String text = text(name);
    return text == null ? new JsonObject() : parse(folder.resolve(name), text);
  }

  /** A member of a file of the model, which is read but does not belong to the tokenizer. */
  static @Nullable JsonElement ofModel(Path file, String member) {
    return content(file)
        .map(bytes -> parse(file, new String(bytes, StandardCharsets.UTF_8)).get(member))
        .orElse(null);
  }

  private static JsonObject parse(Path file, String text) {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new UserException(file + " is not JSON", "Restore the file.", e);
    }
    throw new UserException(file + " is not a JSON object", "Restore the file.");
  }

  /**
   * The text of a special token, which is written as a string or as an object; null if the model
   * has no such token.
   *
   * @param name e.g. {@code eos_token}
   */
  @Nullable String specialToken(String name) {
    for (String file : List.of(TokenizerFiles.CONFIG, SPECIAL)) {
      JsonElement value = json(file).get(name);
      if (value instanceof JsonObject object) {
        value = object.get("content");
      }
      if (value instanceof JsonPrimitive text && text.isString()) {
        return text.getAsString();
      }
    }
    return null;
  }

  void writeTo(Path target) {
    try {
      Files.createDirectories(target);
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        Files.write(target.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw TokenizerFiles.cannotWrite(target, e);
    }
  }
}
