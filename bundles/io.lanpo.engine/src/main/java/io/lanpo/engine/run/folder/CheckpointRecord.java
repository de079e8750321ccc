package io.lanpo.engine.run.folder;

import io.lanpo.engine.run.progress.Totals;

/**
 * {@code checkpoint.json}: the newest whole checkpoint. Writing it is the moment at which a
 * checkpoint counts.
 *
 * @param step steps taken
 * @param folder name of the policy's folder under {@code checkpoints}
 * @param metricsBytes size of {@code metrics.jsonl} at that moment
 * @param rolloutsBytes size of {@code rollouts.jsonl} at that moment
 * @param lessonsBytes size of {@code lessons.jsonl} at that moment
 * @param totals counters at that moment
 */
public record CheckpointRecord(
    int step,
    String folder,
    long metricsBytes,
    long rolloutsBytes,
    long lessonsBytes,
    Totals totals) {}
