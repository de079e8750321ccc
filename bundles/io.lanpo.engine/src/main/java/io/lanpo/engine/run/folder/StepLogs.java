package io.lanpo.engine.run.folder;

import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.file.JsonLinesWriter;
import io.lanpo.engine.run.progress.Totals;
import io.lanpo.engine.step.StepOutcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run writes down of every step. Each step is handed to the operating system when it is
 * whole: a process that is killed leaves the steps before.
 */
public final class StepLogs implements AutoCloseable {
  private final JsonLinesWriter metrics;
  private final JsonLinesWriter rollouts;
  private final JsonLinesWriter lessons;

  private StepLogs(JsonLinesWriter metrics, JsonLinesWriter rollouts, JsonLinesWriter lessons) {
    this.metrics = metrics;
    this.rollouts = rollouts;
    this.lessons = lessons;
  }

  /**
   * Opens the logs and cuts off what was written after the checkpoint.
   *
   * @param checkpoint null for a run that is yet to begin
   */
  public static StepLogs open(RunFolder folder, @Nullable CheckpointRecord checkpoint) {
    return new StepLogs(
        JsonLinesWriter.open(folder.metrics(), checkpoint == null ? 0 : checkpoint.metricsBytes()),
        JsonLinesWriter.open(
            folder.rollouts(), checkpoint == null ? 0 : checkpoint.rolloutsBytes()),
        JsonLinesWriter.open(folder.lessons(), checkpoint == null ? 0 : checkpoint.lessonsBytes()));
  }

  /**
   * Writes a step down.
   *
   * @param figures its line of metrics
   */
  public void append(StepOutcome outcome, Map<String, Object> figures) {
    outcome.rollouts().forEach(rollouts::append);
    outcome.lessons().forEach(lessons::append);
    rollouts.flush();
    lessons.flush();
    metrics.append(figures);
    metrics.flush();
  }

  /**
   * A checkpoint that has seen what is written so far.
   *
   * @param pool what the pool holds of the run
   */
  public CheckpointRecord checkpoint(int step, Totals totals, PoolCount pool) {
    FileSum steps = metrics.sync();
    FileSum completions = rollouts.sync();
    FileSum principles = lessons.sync();
    return new CheckpointRecord(
        step,
        CheckpointRecord.name(step),
        steps.bytes(),
        completions.bytes(),
        principles.bytes(),
        totals,
        pool,
        Map.of(
            LogNames.METRICS, steps,
            LogNames.ROLLOUTS, completions,
            LogNames.LESSONS, principles));
  }

  @Override
  public void close() {
    try (metrics;
        rollouts) {
      lessons.close();
    }
  }
}
