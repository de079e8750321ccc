package io.lanpo.shell.command.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the lines that were added to a run's metrics since the last look. */
final class MetricsTail {
  private final Path file;
  private long read;

  /**
   * @param file {@code metrics.jsonl}; it may not be there yet
   */
  MetricsTail(Path file) {
    this.file = file;
  }

  /**
   * A step.
   *
   * @param text the line
   * @param figures its numbers by name; those of an inner object have its name and a dot before
   */
  record Line(String text, Map<String, Double> figures) {}

  /** The new whole lines; one that is still being written, or was cut off by a kill, is left. */
  List<Line> read() {
    if (Files.notExists(file)) {
      return List.of();
    }
    byte[] bytes;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length < read || !endsALine(in)) {
        // a run that is resumed from a checkpoint cuts off what came after it
        read = 0;
      }
      bytes = new byte[Math.toIntExact(Math.min(length - read, Integer.MAX_VALUE / 2))];
      in.seek(read);
      in.readFully(bytes);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(file, e), "Try again.", e);
    }
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    read += end;
    List<Line> lines = new ArrayList<>();
    new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(text -> add(text, lines));
    return lines;
  }

  /** Whether what was read still ends with a line; in a file that was replaced it hardly does. */
  private boolean endsALine(RandomAccessFile in) throws IOException {
    if (read == 0) {
      return true;
    }
    in.seek(read - 1);
    return in.read() == '\n';
  }

  private static void add(String text, List<Line> lines) {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        Map<String, Double> figures = new LinkedHashMap<>();
        flatten("", object, figures);
        lines.add(new Line(text, figures));
      }
    } catch (JsonParseException e) {
      // cut off when its process was killed; the steps around it still are worth seeing
      return;
    }
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
