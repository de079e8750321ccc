package io.lanpo.engine.run.folder;

import io.lanpo.api.pool.ExperiencePool;

/**
 * How much a pool holds that a run has put into it.
 *
 * @param experiences of the run
 * @param lessons of the run
 */
public record PoolCount(long experiences, long lessons) {
  public static PoolCount of(ExperiencePool pool, String run) {
    return new PoolCount(
        pool.stats().perRun().getOrDefault(run, 0L),
        pool.lessons().stream().filter(lesson -> lesson.run().equals(run)).count());
  }

  /** Whether this is no less than another, of either kind. */
  public boolean covers(PoolCount other) {
    return experiences >= other.experiences && lessons >= other.lessons;
  }
}
