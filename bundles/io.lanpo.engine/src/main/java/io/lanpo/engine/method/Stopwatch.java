package io.lanpo.engine.method;

import java.util.LinkedHashMap;
import java.util.Map;

/** Elapsed seconds by part of a step. */
final class Stopwatch {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Leaves out the time since the last call. */
  void restart() {
    last = System.nanoTime();
  }

  /** Books the time since the last call on a part. */
  void lap(String part) {
    long now = System.nanoTime();
    seconds.merge(part, (now - last) / 1e9, Double::sum);
    last = now;
  }

  Map<String, Double> seconds() {
    return seconds;
  }
}
