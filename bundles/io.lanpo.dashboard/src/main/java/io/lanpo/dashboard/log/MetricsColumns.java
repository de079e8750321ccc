package io.lanpo.dashboard.log;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import io.lanpo.api.train.StepFigures;
import io.lanpo.libs.files.LineTail;
import java.nio.charset.StandardCharsets;
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

  /** Refuses numbers that no chart can show, e.g. 1e999. */
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

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
    Map<String, Double> figures;
    try {
      String text = new String(bytes, from, length, StandardCharsets.UTF_8);
      Map<?, ?> line = GSON.fromJson(text, Map.class);
      figures = line == null ? Map.of() : StepFigures.of(line).byName();
    } catch (JsonParseException e) {
      // a step whose process was killed while it wrote; the steps around it are worth seeing
      skipped++;
      return;
    }
    Double step = figures.get(STEP);
    if (step == null) {
      skipped++;
      return;
    }
    add(step, figures);
  }

  private void add(double step, Map<String, Double> figures) {
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
    figures.forEach(
        (name, value) -> {
          if (!name.equals(STEP)) {
            columns.put(name, with(columns.get(name), rows, value));
          }
        });
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
}
