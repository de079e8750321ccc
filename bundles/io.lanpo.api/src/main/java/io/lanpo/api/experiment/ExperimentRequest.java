package io.lanpo.api.experiment;

import java.util.List;
import java.util.Map;

/**
 * Asks for an experiment.
 *
 * @param name its name
 * @param overrides key to value, on top of every variant; with any, it is an experiment of its own
 *     with runs of its own
 * @param variants which variants; empty for all
 * @param seeds which seeds; empty for those of the file
 * @param processes runs at once; 0 for as many as the file says
 * @param memoryBytes memory that runs may take together; 0 for as much as the file says
 */
public record ExperimentRequest(
    String name,
    Map<String, String> overrides,
    List<String> variants,
    List<Long> seeds,
    int processes,
    long memoryBytes) {
  public ExperimentRequest {
    overrides = Map.copyOf(overrides);
    variants = List.copyOf(variants);
    seeds = List.copyOf(seeds);
  }
}
