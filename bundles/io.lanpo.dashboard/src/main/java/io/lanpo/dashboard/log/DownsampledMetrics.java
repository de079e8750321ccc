package io.lanpo.dashboard.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the curves in few enough points to draw: the steps are divided into buckets of equal
 * length, of each of which a curve keeps its smallest and its largest value in the order in which
 * they came. So a spike of a single step stays visible, which a mean would hide; all curves share
 * their steps, as the charts need.
 *
 * @param steps two for each bucket, or all of them where they are few
 * @param values figure to its values at these steps; NaN where it has none
 */
record DownsampledMetrics(double[] steps, Map<String, double[]> values) {

  /**
   * Thins out.
   *
   * @param from first row to take
   * @param most points of a curve
   * @param wanted which figures; empty for all
   */
  static DownsampledMetrics of(MetricsColumns curves, int from, int most, Set<String> wanted) {
    List<String> names =
        curves.names().stream().filter(n -> wanted.isEmpty() || wanted.contains(n)).toList();
    int rows = Math.max(0, curves.rows() - from);
    Map<String, double[]> values = new LinkedHashMap<>();
    if (rows <= most) {
      double[] steps = new double[rows];
      Arrays.setAll(steps, i -> curves.step(from + i));
      for (String name : names) {
        double[] all = new double[rows];
        Arrays.setAll(all, i -> curves.value(name, from + i));
        values.put(name, all);
      }
      return new DownsampledMetrics(steps, values);
    }
    int buckets = most / 2;
    List<int[]> bounds = new ArrayList<>();
    for (int b = 0; b < buckets; b++) {
      bounds.add(
          new int[] {
            from + (int) ((long) rows * b / buckets), from + (int) ((long) rows * (b + 1) / buckets)
          });
    }
    double[] steps = new double[2 * buckets];
    for (int b = 0; b < buckets; b++) {
      steps[2 * b] = curves.step(bounds.get(b)[0]);
      steps[2 * b + 1] = curves.step(bounds.get(b)[1] - 1);
    }
    for (String name : names) {
      double[] kept = new double[2 * buckets];
      for (int b = 0; b < buckets; b++) {
        extremes(curves, name, bounds.get(b), kept, 2 * b);
      }
      values.put(name, kept);
    }
    return new DownsampledMetrics(steps, values);
  }

  private static void extremes(
      MetricsColumns curves, String name, int[] bound, double[] into, int at) {
    int least = -1;
    int most = -1;
    for (int row = bound[0]; row < bound[1]; row++) {
      double value = curves.value(name, row);
      if (Double.isNaN(value)) {
        continue;
      }
      least = least < 0 || value < curves.value(name, least) ? row : least;
      most = most < 0 || value > curves.value(name, most) ? row : most;
    }
    into[at] = least < 0 ? Double.NaN : curves.value(name, Math.min(least, most));
    into[at + 1] = least < 0 ? Double.NaN : curves.value(name, Math.max(least, most));
  }
}
