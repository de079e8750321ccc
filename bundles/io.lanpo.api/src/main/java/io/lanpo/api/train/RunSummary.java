package io.lanpo.api.train;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is listed.
 *
 * @param id the run's id, which is its folder's name
 * @param configuration the name of its configuration
 * @param state where it stands
 * @param step steps taken
 * @param steps steps planned
 * @param started when it began
 * @param folder its folder
 * @param message what happened, when it stopped or failed; empty otherwise
 * @param settings the resolved configuration
 * @param asked what the configuration has in place of each setting that was chosen for the machine
 * @param components the component behind each kind: kind to {@code name, bundle version}
 * @param result the result, once it is finished
 * @param health whether it learns; empty for a run that has not begun to train, and for one of an
 *     older version
 * @param notes what people say about it
 */
public record RunSummary(
    String id,
    String configuration,
    RunState state,
    int step,
    int steps,
    Instant started,
    Path folder,
    String message,
    Map<String, String> settings,
    Map<String, String> asked,
    Map<String, String> components,
    @Nullable RunResult result,
    Optional<RunHealth> health,
    RunNotes notes) {

  /** A run of which it is not known whether it learns. */
  public RunSummary(
      String id,
      String configuration,
      RunState state,
      int step,
      int steps,
      Instant started,
      Path folder,
      String message,
      Map<String, String> settings,
      Map<String, String> asked,
      Map<String, String> components,
      @Nullable RunResult result) {
    this(
        id,
        configuration,
        state,
        step,
        steps,
        started,
        folder,
        message,
        settings,
        asked,
        components,
        result,
        Optional.empty(),
        RunNotes.NONE);
  }

  /** A run for which nothing was chosen. */
  public RunSummary(
      String id,
      String configuration,
      RunState state,
      int step,
      int steps,
      Instant started,
      Path folder,
      String message,
      Map<String, String> settings,
      Map<String, String> components,
      @Nullable RunResult result) {
    this(
        id,
        configuration,
        state,
        step,
        steps,
        started,
        folder,
        message,
        settings,
        Map.of(),
        components,
        result);
  }
}
