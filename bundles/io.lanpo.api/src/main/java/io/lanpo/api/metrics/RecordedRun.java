package io.lanpo.api.metrics;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as its sinks know it.
 *
 * @param id the run's id
 * @param configuration name of its configuration
 * @param folder the run's folder; a sink may keep files of its own there
 * @param started when it was begun
 * @param settings the resolved configuration by key; what gives access to something is not in it
 * @param components name, bundle, version and build of each component, by kind
 * @param step the step from which it goes on; 0 for a run that begins
 */
public record RecordedRun(
    String id,
    String configuration,
    Path folder,
    Instant started,
    Map<String, String> settings,
    Map<String, String> components,
    int step) {
  public RecordedRun {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }
}
