package io.lanpo.api.train;

import java.time.Duration;
import java.util.Map;

/**
 * A sign of life from long work.
 *
 * @param run the run's id
 * @param phase what is going on, e.g. {@code cold start}, {@code training}
 * @param done units done
 * @param total units in all
 * @param remaining estimated time left in this phase
 * @param figures a few figures worth watching, by name, in order
 */
public record Progress(
    String run,
    String phase,
    long done,
    long total,
    Duration remaining,
    Map<String, Double> figures) {}
