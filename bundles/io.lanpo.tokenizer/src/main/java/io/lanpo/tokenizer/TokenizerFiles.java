package io.lanpo.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tokenizer.json} of a checkpoint folder, parsed.
 *
 * @param path the file
 * @param json its content
 */
record TokenizerFiles(Path path, JsonObject json) {
  static final String TOKENIZER = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";

  /** Of SentencePiece, Mistral, Tiktoken, and of older tokenizers of transformers. */
  private static final List<String> OTHERS =
      List.of("tokenizer.model", "spiece.model", "tekken.json", "vocab.json", "vocab.txt");

  static TokenizerFiles read(Path folder) {
    Path path = folder.resolve(TOKENIZER);
    try {
      JsonElement parsed = JsonParser.parseString(Files.readString(path));
      if (!parsed.isJsonObject()) {
        throw malformed(path, "it is not a JSON object", null);
      }
      return new TokenizerFiles(path, parsed.getAsJsonObject());
    } catch (NoSuchFileException e) {
      throw missing(folder, path, e);
    } catch (JsonParseException e) {
      throw malformed(path, "it is not JSON", e);
    } catch (IOException e) {
      throw new UserException(path + " cannot be read: " + e.getMessage(), "Check the file.", e);
    }
  }

  /** Says what lies there instead: often the same tokenizer in another format. */
  private static UserException missing(Path folder, Path path, Throwable cause) {
    for (String other : OTHERS) {
      if (Files.exists(folder.resolve(other))) {
        return new UserException(
            "%s does not exist; beside it lies %s, a tokenizer in another format"
                .formatted(path, other),
            "Convert it with transformers, in Python: AutoTokenizer.from_pretrained(FOLDER)"
                + ".save_pretrained(NEW), and copy NEW/%s into the folder.".formatted(TOKENIZER),
            cause);
      }
    }
    return new UserException(
        path + " does not exist",
        "Name a checkpoint folder that has a " + TOKENIZER + ", as Hugging Face writes it.",
        cause);
  }

  /** The checkpoint. */
  Path folder() {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** A member that must be an object. */
  JsonObject object(String member) {
    if (json.get(member) instanceof JsonObject object) {
      return object;
    }
    throw malformed(member + " is missing");
  }

  UserException malformed(String what) {
    return malformed(path, what, null);
  }

  UserException malformed(String what, Throwable cause) {
    return malformed(path, what, cause);
  }

  static UserException cannotWrite(Path folder, IOException cause) {
    return new UserException(
        "the tokenizer cannot be written to %s: %s".formatted(folder, cause.getMessage()),
        "Check that there is room and that the folder may be written.",
        cause);
  }

  private static UserException malformed(Path path, String what, @Nullable Throwable cause) {
    return new UserException(
        "%s is not a tokenizer: %s".formatted(path, what),
        "Restore the file or name another checkpoint folder.",
        cause);
  }
}
