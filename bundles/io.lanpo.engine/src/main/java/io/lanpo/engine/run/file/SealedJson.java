package io.lanpo.engine.run.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A document of a run that says of itself whether it is as it was written: its last key is the
 * SHA-256 of the others, with the run's id before them, so that the file of another run does not
 * pass. Spaces and line ends do not count.
 *
 * @param file the file
 * @param type what it holds
 * @param optional keys that may be absent
 */
public record SealedJson<T>(Path file, Class<T> type, Set<String> optional) {
  private static final String SEAL = "checksum";

  public SealedJson(Path file, Class<T> type, String... optional) {
    this(file, type, Set.of(optional));
  }

  /** Writes the file; a reader never sees half of it. */
  public void write(String run, T value) {
    // as it will be read: numbers are then the texts that stand in the file
    JsonObject document = JsonParser.parseString(Json.pretty(value)).getAsJsonObject();
    document.addProperty(SEAL, seal(run, document));
    Json.write(file, document);
  }

  /**
   * Reads the file.
   *
   * @param run the id of the run that it belongs to
   * @return null when there is none
   * @throws UserException when it is not as it was written, naming what is wrong with it
   */
  public @Nullable T read(String run) {
    return read(value -> run);
  }

  /** The same where the run's id is part of the document. */
  public @Nullable T read(Function<T, String> run) {
    if (!Files.exists(file)) {
      return null;
    }
    JsonObject document = document();
    JsonElement seal = document.remove(SEAL);
    T value = Json.value(file, document, type, optional);
    if (seal != null && !seal.toString().equals("\"" + seal(run.apply(value), document) + "\"")) {
      throw new UserException(
          "%s is not as run %s wrote it: %s does not fit the rest"
              .formatted(file, run.apply(value), SEAL),
          ("Bring back the file as it was. If it was edited on purpose, delete the key %s from it:"
                  + " it is then taken as it is.")
              .formatted(SEAL));
    }
    return value;
  }

  /** A number of the document, also of one that is not whole; 0 when it has none of that name. */
  public int count(String key) {
    return Files.exists(file)
            && document().get(key) instanceof JsonPrimitive number
            && number.isNumber()
        ? number.getAsInt()
        : 0;
  }

  /** Whether the file is there without its seal: edited, or of an older version. */
  public boolean unsealed() {
    return Files.exists(file) && !document().has(SEAL);
  }

  private JsonObject document() {
    try {
      JsonElement document = JsonParser.parseString(Files.readString(file));
      if (document instanceof JsonObject object) {
        return object;
      }
      throw Json.damaged(file, "it is not a JSON object", null);
    } catch (IOException | JsonParseException e) {
      throw Json.damaged(file, e);
    }
  }

  private static String seal(String run, JsonObject document) {
    byte[] text = (run + "\n" + document).getBytes(StandardCharsets.UTF_8);
    var digest = FileSum.digest();
    digest.update(text);
    return FileSum.of(text.length, digest).sha256();
  }
}
