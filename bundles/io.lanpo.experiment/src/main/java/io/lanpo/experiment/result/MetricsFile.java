package io.lanpo.experiment.result;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the steps of a finished run. */
final class MetricsFile {
  private static final String AGAIN =
      "Delete the run's folder, and the experiment makes the run again.";

  private MetricsFile() {}

  /**
   * The figures of every step.
   *
   * @param folder the run's folder
   * @param steps how many there must be
   * @return for each step its numbers by name; those of an inner object have its name and a dot
   *     before
   * @throws UserException naming file and line of what is cut off or missing
   */
  static List<Map<String, Double>> read(Path folder, int steps) {
    Path file = folder.resolve("metrics.jsonl");
    List<Map<String, Double>> all = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(file, e), AGAIN, e);
    }
    for (int i = 0; i < lines.size(); i++) {
      try {
        if (!(JsonParser.parseString(lines.get(i)) instanceof JsonObject object)) {
          throw new JsonParseException("no object");
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        flatten("", object, figures);
        all.add(figures);
      } catch (JsonParseException e) {
        throw new UserException(
            "%s: line %d is cut off or damaged".formatted(file, i + 1), AGAIN, e);
      }
    }
    for (int i = 0; i < Math.max(steps, all.size()); i++) {
      if (i >= all.size() || i >= steps || all.get(i).getOrDefault("step", -1.0) != i + 1) {
        throw new UserException(
            "%s: line %d is not step %d of %d".formatted(file, i + 1, i + 1, steps), AGAIN);
      }
    }
    return all;
  }

  private static void flatten(String prefix, JsonObject object, Map<String, Double> figures) {
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof JsonObject inner) {
        flatten(name + ".", inner, figures);
      } else if (entry.getValue().isJsonPrimitive()
          && entry.getValue().getAsJsonPrimitive().isNumber()) {
        figures.put(name, entry.getValue().getAsDouble());
      }
    }
  }
}
