package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.run.folder.CheckpointRecord;
import io.lanpo.engine.run.folder.PoolCount;
import io.lanpo.engine.run.preparation.PreparedRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pool of a run back to a checkpoint and sees that it holds what it held then. A pool
 * that is another one, or that has lost entries, gives other attempts and lessons, and so another
 * run.
 *
 * @param run with its pool open
 * @param id the run's id
 */
record PoolRollback(PreparedRun run, String id) {
  private static final Logger LOG = LoggerFactory.getLogger(PoolRollback.class);

  /**
   * Removes what came after the checkpoint.
   *
   * @param checkpoint null for a run that begins
   * @throws UserException when the run's own pool is not that of the checkpoint
   */
  void to(@Nullable CheckpointRecord checkpoint) {
    ExperiencePool pool = run.parts().pool();
    PoolCount found = PoolCount.of(pool, id);
    int step = checkpoint == null ? 0 : checkpoint.step();
    pool.rollback(id, step);
    PoolCount then = checkpoint == null ? null : checkpoint.pool();
    PoolCount now = PoolCount.of(pool, id);
    if (then == null || now.equals(then)) {
      return;
    }
    String what =
        "the pool of run %s holds %d experiences and %d lessons of the run's first %d steps; by then it held %d and %d"
            .formatted(
                id, now.experiences(), now.lessons(), step, then.experiences(), then.lessons());
    String shared = RunSettings.sharedPool(run.settings());
    if (!shared.isEmpty()) {
      LOG.warn(
          "{}: other runs that share {} have made room, or it is damaged; the run goes on with what there is",
          what,
          shared);
    } else if (found.covers(then) && then.covers(now)) {
      LOG.warn(
          "{}: the steps after it, which are taken again, have made room; the run goes on with what there is",
          what);
    } else {
      throw new UserException(
          what,
          "Bring back the pool from a copy, or rebuild it from what the run has logged: lanpo pool rebuild %s --run %s --force"
              .formatted(run.folder().path().resolve("rollouts.jsonl"), id));
    }
  }
}
