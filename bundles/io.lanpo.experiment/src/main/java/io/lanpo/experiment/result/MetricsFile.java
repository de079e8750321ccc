package io.lanpo.experiment.result;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.StepFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the steps of a finished run. */
final class MetricsFile {
  private static final Gson GSON = new Gson();
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
        Map<?, ?> step = GSON.fromJson(lines.get(i), Map.class);
        all.add(StepFigures.of(step == null ? Map.of() : step).byName());
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
}
