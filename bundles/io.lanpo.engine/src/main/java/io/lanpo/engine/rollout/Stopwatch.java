package io.lanpo.engine.rollout;

import java.util.LinkedHashMap;
import java.util.Map;

/** Elapsed seconds by part of a step. */
public final class Stopwatch {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Leaves out the time since the last call. */
  public void restart() {
    last = System.nanoTime();
  }

  /** Books the time since the last call on a part. */
  public void lap(String part) {
    long now = System.nanoTime();
    seconds.merge(part, (now - last) / 1e9, Double::sum);
    last = now;
  }

  public Map<String, Double> seconds() {
    return seconds;
  }
}
