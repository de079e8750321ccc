package io.lanpo.engine.run.folder;

import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.progress.Totals;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkpoint.json}: the newest whole checkpoint, and in its own folder each of them. Writing
 * it is the moment at which a checkpoint counts.
 *
 * @param step steps taken
 * @param folder name of the policy's folder under {@code checkpoints}
 * @param metricsBytes size of {@code metrics.jsonl} at that moment
 * @param rolloutsBytes size of {@code rollouts.jsonl} at that moment
 * @param lessonsBytes size of {@code lessons.jsonl} at that moment
 * @param totals counters at that moment
 * @param pool what the pool held of the run at that moment; null in a checkpoint of a version
 *     without it
 * @param files what the files held that the run goes on from, by their place in the run's folder:
 *     those of the checkpoint in whole, the logs up to that moment; empty in a checkpoint of a
 *     version without it
 */
public record CheckpointRecord(
    int step,
    String folder,
    long metricsBytes,
    long rolloutsBytes,
    long lessonsBytes,
    Totals totals,
    @Nullable PoolCount pool,
    Map<String, FileSum> files) {

  /** Keys that a record of an older version lacks. */
  static final Set<String> LATER = Set.of("pool", "files");

  public CheckpointRecord {
    files = sorted(files);
    if (!folder.equals(name(step))) {
      throw new IllegalArgumentException(
          "folder = %s is not that of step %d, %s".formatted(folder, step, name(step)));
    }
  }

  /** The folder of a checkpoint. */
  public static String name(int step) {
    return "step-%06d".formatted(step);
  }

  /** Whether it says what its files held. */
  boolean listed() {
    return !files.isEmpty();
  }

  CheckpointRecord with(Map<String, FileSum> more) {
    Map<String, FileSum> all = new TreeMap<>(files);
    all.putAll(more);
    return new CheckpointRecord(
        step, folder, metricsBytes, rolloutsBytes, lessonsBytes, totals, pool, all);
  }

  private static Map<String, FileSum> sorted(@Nullable Map<String, FileSum> files) {
    return files == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(files));
  }
}
