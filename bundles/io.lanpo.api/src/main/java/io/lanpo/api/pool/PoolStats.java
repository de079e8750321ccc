package io.lanpo.api.pool;

import java.util.Map;

/**
 * A pool at a glance.
 *
 * @param experiences number of trials
 * @param lessons number of lessons
 * @param problems number of distinct questions tried
 * @param capacity most experiences it holds before some make room
 * @param bytes size on disk
 * @param perRun trials by run
 */
public record PoolStats(
    long experiences,
    long lessons,
    long problems,
    long capacity,
    long bytes,
    Map<String, Long> perRun) {
  public PoolStats {
    perRun = Map.copyOf(perRun);
  }
}
