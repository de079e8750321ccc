package io.lanpo.bench.measure;

import io.lanpo.api.bench.Benchmark.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of one figure, once per repetition, with details of each. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();
  private final Map<String, List<Double>> details = new LinkedHashMap<>();

  /** Adds the sample of a repetition. */
  public void add(double value, Map<String, Double> more) {
    values.add(value);
    more.forEach((k, v) -> details.computeIfAbsent(k, name -> new ArrayList<>()).add(v));
  }

  /** Whether there is no sample yet. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The median of the values; of an even number the mean of the two in the middle. */
  public double median() {
    return median(values);
  }

  /** Medians of value and details, with the extremes of the value. There is a sample at least. */
  public Figure figure(String name, String unit, Map<String, Double> more) {
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
}
