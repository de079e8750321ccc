package io.lanpo.pool.bench;

import io.lanpo.api.train.Benchmark.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was read of one figure, once per repetition; details likewise. */
final class Readings {
  private final String unit;
  private final List<Double> values = new ArrayList<>();
  private final Map<String, List<Double>> details = new LinkedHashMap<>();

  Readings(String unit) {
    this.unit = unit;
  }

  void add(double value, Map<String, Double> more) {
    values.add(value);
    more.forEach((k, v) -> details.computeIfAbsent(k, name -> new ArrayList<>()).add(v));
  }

  double median() {
    return median(values);
  }

  /** Medians, with the extremes of the value among the details. */
  Figure figure(String name, Map<String, Double> more) {
    Map<String, Double> all = new TreeMap<>(more);
    details.forEach((k, v) -> all.put(k, median(v)));
    all.put("min", values.stream().mapToDouble(v -> v).min().orElseThrow());
    all.put("max", values.stream().mapToDouble(v -> v).max().orElseThrow());
    return new Figure(name, median(), unit, all);
  }

  private static double median(List<Double> of) {
    List<Double> sorted = of.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Rate and percentiles of work that was timed piece by piece. */
  static final class Laps {
    private final long[] nanos;
    private int laps;
    private long entries;
    private long total;

    /**
     * @param most most laps
     */
    Laps(int most) {
      this.nanos = new long[most];
    }

    /** Adds a lap in nanoseconds that handled so many entries. */
    void add(long lap, int handled) {
      nanos[laps++] = lap / handled;
      entries += handled;
      total += lap;
    }

    /** Entries per second of the whole. */
    double rate() {
      return (double) entries / total * 1e9;
    }

    /** Time per entry that half of the laps, and 99 of 100, keep within, in microseconds. */
    Map<String, Double> percentiles() {
      long[] sorted = Arrays.copyOf(nanos, laps);
      Arrays.sort(sorted);
      return Map.of("p50", sorted[laps / 2] / 1e3, "p99", sorted[(int) ((laps - 1) * 0.99)] / 1e3);
    }
  }
}
