package io.lanpo.api.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a step, as a line of the run's {@code metrics.jsonl} has them.
 *
 * @param step its number, from 1
 * @param at when it was written down, in seconds since 1970; 0 when the line does not say
 * @param figures numbers by name, such as {@code reward.scratch}, in the order of the line
 */
public record RecordedStep(int step, double at, Map<String, Double> figures) {
  public RecordedStep {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
