package io.lanpo.policy.djl;

import io.lanpo.api.train.Benchmark.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Repeated measurements of one workload. */
final class Samples {
  private final String name;
  private final List<Double> values = new ArrayList<>();

  Samples(String name) {
    this.name = name;
  }

  void add(double value) {
    values.add(value);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The median as a figure, with the extremes among its details. */
  Figure figure(String unit, Map<String, Double> more) {
    Map<String, Double> details = new TreeMap<>(more);
    details.put("min", values.stream().mapToDouble(v -> v).min().orElseThrow());
    details.put("max", values.stream().mapToDouble(v -> v).max().orElseThrow());
    return new Figure(name, median(), unit, details);
  }
}
