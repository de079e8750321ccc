package io.lanpo.pool.chronicle;

/** What is evicted from a full pool. The words of the setting {@code pool.eviction}. */
enum Eviction {
  /** What has been there longest. */
  OLDEST,
  /**
   * Of experiences, one that adds least to the others: see {@link Crowd}. Of lessons, the one that
   * has helped least: see {@link Wording#score()}. Among equals the oldest.
   */
  LEAST_USEFUL
}
