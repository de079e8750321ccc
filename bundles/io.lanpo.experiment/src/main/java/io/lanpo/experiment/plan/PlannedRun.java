package io.lanpo.experiment.plan;

import java.util.Map;

/**
 * A run of an experiment.
 *
 * @param variant the variant
 * @param seed the seed
 * @param base its run configuration
 * @param overrides what is set on top of the configuration, seed and description included
 * @param settings what the resolved configuration will be
 */
public record PlannedRun(
    Variant variant,
    long seed,
    String base,
    Map<String, String> overrides,
    Map<String, String> settings) {

  /** The setting that says to which experiment a run belongs. */
  public static final String DESCRIPTION = "description";

  /** The run as people call it. */
  public String title() {
    return variant.name() + ", seed " + seed;
  }

  /** By what the run is recognized: its description. */
  public String label() {
    return settings.getOrDefault(DESCRIPTION, "");
  }

  /** Training steps. */
  public int steps() {
    return Integer.parseInt(settings.getOrDefault("steps", "0"));
  }
}
