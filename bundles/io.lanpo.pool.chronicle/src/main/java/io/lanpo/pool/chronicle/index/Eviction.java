package io.lanpo.pool.chronicle.index;

/** What is evicted from a full pool. The words of the setting {@code pool.eviction}. */
public enum Eviction {
  /** What has been there longest. */
  OLDEST,
  /**
   * Of experiences, one that adds least to the others: see {@link OutcomeGroup}. Of lessons, the
   * one that has helped least: see {@link LessonText#score()}. Among equals the oldest.
   */
  LEAST_USEFUL
}
