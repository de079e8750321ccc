package io.lanpo.dashboard.log;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lanpo.libs.files.LineTail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of {@code metrics.jsonl} as columns: one row a step, one column a figure, NaN where a
 * step has none. A figure of an inner object has its name and a dot before its own.
 */
final class MetricsColumns implements LineTail.Visitor {
  private static final String STEP = "step";

  private final Map<String, double[]> columns = new LinkedHashMap<>();
  private double[] steps = new double[256];
  private int rows;
  private int skipped;
  private int generation;

  /** Number of steps. */
  int rows() {
    return rows;
  }

  /** Lines that are no step: cut off when a process was killed, or damaged. */
  int skipped() {
    return skipped;
  }

  /** Grows whenever rows that were there before are no more what they were. */
  int generation() {
    return generation;
  }

  /** Names of the figures, in order of their first appearance. */
  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  double step(int row) {
    return steps[row];
  }

  /** A figure of a row; NaN when it has none. */
  double value(String name, int row) {
    double[] column = columns.get(name);
    return column == null || row >= column.length ? Double.NaN : column[row];
  }

  @Override
  public void restart() {
    columns.clear();
    rows = 0;
    skipped = 0;
    generation++;
  }

  @Override
  public void line(long at, byte[] bytes, int from, int length) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    try (JsonReader reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(bytes, from, length), StandardCharsets.UTF_8))) {
      object(reader, "", names, values);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        skipped++;
        return;
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      // a step whose process was killed while it wrote; the steps around it are worth seeing
      skipped++;
      return;
    }
    int step = names.indexOf(STEP);
    if (step < 0) {
      skipped++;
      return;
    }
    add(values.get(step), names, values);
  }

  private void add(double step, List<String> names, List<Double> values) {
    while (rows > 0 && steps[rows - 1] >= step) {
      // taken twice: what was written later counts
      rows--;
      generation++;
      columns.values().forEach(c -> clear(c, rows));
    }
    if (rows == steps.length) {
      steps = Arrays.copyOf(steps, 2 * rows);
    }
    steps[rows] = step;
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(STEP)) {
        columns.put(names.get(i), with(columns.get(names.get(i)), rows, values.get(i)));
      }
    }
    rows++;
  }

  private static void clear(double[] column, int row) {
    if (row < column.length) {
      column[row] = Double.NaN;
    }
  }

  private double[] with(double @Nullable [] column, int row, double value) {
    double[] wide;
    if (column == null) {
      wide = new double[steps.length];
      Arrays.fill(wide, Double.NaN);
    } else if (row >= column.length) {
      wide = Arrays.copyOf(column, steps.length);
      Arrays.fill(wide, column.length, wide.length, Double.NaN);
    } else {
      wide = column;
    }
    wide[row] = value;
    return wide;
  }

  private static void object(
      JsonReader reader, String prefix, List<String> names, List<Double> values)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = prefix + reader.nextName();
      switch (reader.peek()) {
        case NUMBER -> {
          names.add(name);
          values.add(reader.nextDouble());
        }
        case BEGIN_OBJECT -> object(reader, name + ".", names, values);
        default -> reader.skipValue();
      }
    }
    reader.endObject();
  }
}
