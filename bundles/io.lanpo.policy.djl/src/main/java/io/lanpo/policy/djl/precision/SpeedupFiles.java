package io.lanpo.policy.djl.precision;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measured speedups, a small file each, named after what was measured on what machine. What cannot
 * be read, or is of another machine after all, is measured again; where nothing can be written, it
 * is measured every time.
 *
 * @param folder where they are; made when the first one is kept
 */
record SpeedupFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(SpeedupFiles.class);
  private static final String KEY = "measured";
  private static final String SPEEDUP = "speedup";

  /**
   * What was measured before.
   *
   * @param key all that the answer depends on
   */
  OptionalDouble get(String key) {
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return OptionalDouble.empty();
    }
    try {
      JsonObject content = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      double speedup = content.get(SPEEDUP).getAsDouble();
      if (content.get(KEY).getAsString().equals(key) && speedup > 0 && Double.isFinite(speedup)) {
        return OptionalDouble.of(speedup);
      }
      LOG.info("{} is of another machine: it is measured again", file);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | NullPointerException e) { // Gson's, for keys that are absent or of another type
      LOG.info("{} is damaged: it is measured again", file);
    }
    return OptionalDouble.empty();
  }

  /** Keeps an answer. */
  void put(String key, double speedup) {
    JsonObject content = new JsonObject();
    content.addProperty(KEY, key);
    content.addProperty(SPEEDUP, speedup);
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    String text = gson.toJson(content) + "\n";
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file(key), text);
    } catch (IOException e) {
      LOG.info("{} cannot be written: the next process measures again", file(key), e);
    }
  }

  private Path file(String key) {
    UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(hash + ".json");
  }
}
