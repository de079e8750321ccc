package io.lanpo.shell.command.run;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.StepFigures;
import io.lanpo.libs.files.LineTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the lines that were added to a run's metrics since the last look. */
final class MetricsTail implements LineTail.Visitor {
  private static final Gson GSON = new Gson();

  private final Path file;
  private final LineTail tail;
  private final List<Line> added = new ArrayList<>();

  /**
   * @param file {@code metrics.jsonl}; it may not be there yet
   */
  MetricsTail(Path file) {
    this.file = file;
    this.tail = new LineTail(file);
  }

  /**
   * A step.
   *
   * @param text the line
   * @param figures its numbers by name; those of an inner object have its name and a dot before
   * @param findings what came up with it
   */
  record Line(String text, Map<String, Double> figures, List<Finding> findings) {}

  /**
   * The new whole lines. A run that is resumed from a checkpoint cuts off what came after it; its
   * steps then come again from the first.
   */
  List<Line> read() {
    added.clear();
    try {
      tail.follow(this);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(file, e), "Try again.", e);
    }
    return List.copyOf(added);
  }

  private static List<Finding> findings(Map<?, ?> step) {
    List<Finding> findings = new ArrayList<>();
    if (step.get("findings") instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> of
            && of.get("kind") instanceof String kind
            && of.get("sentence") instanceof String sentence
            && of.get("setting") instanceof String setting) {
          findings.add(new Finding(kind, sentence, setting));
        }
      }
    }
    return findings;
  }

  @Override
  public void restart() {
    added.clear();
  }

  @Override
  public void line(long at, byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    try {
      Map<?, ?> step = GSON.fromJson(text, Map.class);
      if (step != null) {
        added.add(new Line(text, StepFigures.of(step).byName(), findings(step)));
      }
    } catch (JsonParseException e) {
      // cut off when its process was killed; the steps around it still are worth seeing
      return;
    }
  }
}
