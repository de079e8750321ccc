package io.lanpo.experiment.result;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import io.lanpo.api.component.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Counts completion tokens by mode in {@code rollouts.jsonl}. */
final class RolloutTokens {
  private RolloutTokens() {}

  /** Mode to tokens; a line that cannot be read is an error that names it. */
  static Map<String, Long> byMode(Path folder) {
    Path file = folder.resolve("rollouts.jsonl");
    Map<String, Long> tokens = new HashMap<>();
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        add(line, tokens);
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new UserException(
          "%s: line %d cannot be read: %s".formatted(file, number, e.getMessage()),
          "Delete the run's folder, and the experiment makes the run again.",
          e);
    }
    return tokens;
  }

  private static void add(String line, Map<String, Long> tokens) throws IOException {
    String mode = "";
    long count = 0;
    try (JsonReader reader = new JsonReader(new StringReader(line))) {
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "mode" -> mode = reader.nextString();
          case "tokens" -> count = reader.nextLong();
          default -> reader.skipValue();
        }
      }
      reader.endObject();
    }
    tokens.merge(mode, count, Long::sum);
  }
}
