package io.lanpo.dashboard.log;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.LineTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code metrics.jsonl} of a run, kept in memory and read on from where it was. Thread-safe. */
public final class MetricsLog {
  /** A screen has few more columns than this; more points would be drawn over each other. */
  static final int MOST_POINTS = 1200;

  private final Path file;
  private final LineTail tail;
  private final MetricsColumns curves = new MetricsColumns();

  /**
   * @param folder the run's
   */
  public MetricsLog(Path folder) {
    file = folder.resolve("metrics.jsonl");
    tail = new LineTail(file);
  }

  /**
   * What is new.
   *
   * @param since rows that the asker has
   * @param generation of the rows that it has; when they are no more what they were, the answer has
   *     {@code from} 0 and all rows
   * @param wanted which figures; empty for all
   * @return {@code names}: all figures that there are; {@code rows}: rows there are; {@code from}:
   *     the first row of the answer; {@code generation}; {@code skipped}: lines that are no step;
   *     {@code step} and {@code values}, see {@link DownsampledMetrics}
   */
  public synchronized Map<String, Object> since(int since, int generation, Set<String> wanted) {
    try {
      tail.follow(curves);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(file, e), "Try again.", e);
    }
    boolean known = generation == curves.generation() && since >= 0 && since <= curves.rows();
    int from = known ? since : 0;
    DownsampledMetrics part = DownsampledMetrics.of(curves, from, MOST_POINTS, wanted);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("names", curves.names());
    document.put("rows", curves.rows());
    document.put("from", from);
    document.put("generation", curves.generation());
    document.put("skipped", curves.skipped());
    document.put("step", part.steps());
    document.put("values", part.values());
    return document;
  }
}
