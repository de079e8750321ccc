package io.lanpo.bench.measure;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How long pieces of work took, each timed alone. */
public final class Latencies {
  private long[] nanos = new long[1024];
  private int pieces;
  private long items;
  private long total;

  /**
   * Adds a piece.
   *
   * @param duration in nanoseconds
   * @param handled items that it handled; the time of one counts for {@link #percentiles}
   */
  public void add(long duration, int handled) {
    if (pieces == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * pieces);
    }
    nanos[pieces++] = duration / handled;
    items += handled;
    total += duration;
  }

  /** Adds all pieces of others. */
  public void addAll(Latencies others) {
    for (int i = 0; i < others.pieces; i++) {
      add(others.nanos[i], 1);
    }
  }

  /** Whether nothing was timed yet. */
  public boolean isEmpty() {
    return pieces == 0;
  }

  /** Items per second of the whole. */
  public double rate() {
    return (double) items / total * 1e9;
  }

  /**
   * Times of one item within which shares of the pieces keep.
   *
   * @param unit nanoseconds in the unit of the result
   * @param percents by their names, e.g. {@code p99} is 99
   */
  public Map<String, Double> percentiles(double unit, Map<String, Double> percents) {
    long[] sorted = Arrays.copyOf(nanos, pieces);
    Arrays.sort(sorted);
    Map<String, Double> result = new TreeMap<>();
    percents.forEach(
        (name, percent) ->
            result.put(name, sorted[(int) ((sorted.length - 1) * percent / 100)] / unit));
    return result;
  }
}
