package io.lanpo.engine.run.folder;

import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunState;
import io.lanpo.engine.run.file.ProcessMark;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what a run is, and where it stands.
 *
 * @param format format of the run folder
 * @param id the run's id
 * @param configuration name of its configuration
 * @param overrides what was set on top of the file
 * @param settings the resolved configuration
 * @param choices which of the settings were chosen for the machine on which the run began, and why,
 *     by key; runs of older versions have none
 * @param asked what the configuration has in place of each value that was chosen, by key
 * @param presets what the objective has by itself in place of settings that were given another
 *     value, by key: what it is called is not all that it is
 * @param contamination what its training and held-out problems have in common
 * @param state where it stands; {@code RUNNING} is only true while its process lives
 * @param step steps taken
 * @param steps steps planned
 * @param pid the process that works or worked on it
 * @param processStart start of that process in milliseconds since 1970; 0 when unknown
 * @param started begin of the run, ISO 8601
 * @param message why it stopped or failed; empty otherwise
 * @param health whether it learns; null before its first step, and in runs of older versions
 */
public record RunRecord(
    int format,
    String id,
    String configuration,
    Map<String, String> overrides,
    Map<String, String> settings,
    Map<String, String> choices,
    Map<String, String> asked,
    Map<String, String> presets,
    Contamination contamination,
    RunState state,
    int step,
    int steps,
    long pid,
    long processStart,
    String started,
    String message,
    @Nullable RunHealth health) {

  /** The format that this version writes. */
  public static final int FORMAT = 1;

  /** Keys that may be absent. */
  static final String[] OPTIONAL = {"choices", "asked", "presets", "contamination", "health"};

  /** A run before its problems are compared and before its first step. */
  public RunRecord(
      int format,
      String id,
      String configuration,
      Map<String, String> overrides,
      Map<String, String> settings,
      Map<String, String> choices,
      Map<String, String> asked,
      Map<String, String> presets,
      RunState state,
      int step,
      int steps,
      long pid,
      long processStart,
      String started,
      String message) {
    this(
        format,
        id,
        configuration,
        overrides,
        settings,
        choices,
        asked,
        presets,
        Contamination.NONE,
        state,
        step,
        steps,
        pid,
        processStart,
        started,
        message,
        null);
  }

  public RunRecord {
    choices = Objects.requireNonNullElse(choices, Map.of());
    asked = Objects.requireNonNullElse(asked, Map.of());
    presets = Objects.requireNonNullElse(presets, Map.of());
    contamination = Objects.requireNonNullElse(contamination, Contamination.NONE);
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is empty");
    }
    if (state == RunState.DAMAGED) {
      throw new IllegalArgumentException("state = DAMAGED is for lists only");
    }
    if (step > steps) {
      throw new IllegalArgumentException(
          "step = %d is more than steps = %d".formatted(step, steps));
    }
    try {
      Instant.parse(started);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "started = \"%s\" is not a time such as 2026-01-31T12:00:00Z".formatted(started));
    }
  }

  public RunRecord at(RunState newState, int newStep, String newMessage) {
    return with(
        overrides,
        settings,
        contamination,
        newState,
        newStep,
        steps,
        pid,
        processStart,
        newMessage,
        health);
  }

  /** The run with other values of some settings, of which {@code steps} may be one. */
  public RunRecord with(Map<String, String> changes, int newSteps) {
    Map<String, String> set = new TreeMap<>(overrides);
    set.putAll(changes);
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(changes);
    return with(set, all, contamination, state, step, newSteps, pid, processStart, message, health);
  }

  /** The run with what is known of its learning. */
  public RunRecord with(RunHealth newHealth) {
    return with(
        overrides,
        settings,
        contamination,
        state,
        step,
        steps,
        pid,
        processStart,
        message,
        newHealth);
  }

  /** The run with what was found in its problems. */
  public RunRecord with(Contamination found) {
    return with(overrides, settings, found, state, step, steps, pid, processStart, message, health);
  }

  public RunRecord resumedBy(ProcessHandle process) {
    return with(
        overrides,
        settings,
        contamination,
        RunState.RUNNING,
        step,
        steps,
        process.pid(),
        startOf(process),
        "",
        health);
  }

  /** The run with other values of what may change. */
  private RunRecord with(
      Map<String, String> newOverrides,
      Map<String, String> newSettings,
      Contamination newContamination,
      RunState newState,
      int newStep,
      int newSteps,
      long newPid,
      long newProcessStart,
      String newMessage,
      @Nullable RunHealth newHealth) {
    return new RunRecord(
        format,
        id,
        configuration,
        newOverrides,
        newSettings,
        choices,
        asked,
        presets,
        newContamination,
        newState,
        newStep,
        newSteps,
        newPid,
        newProcessStart,
        started,
        newMessage,
        newHealth);
  }

  /**
   * The state as it is now: a run whose process is gone is interrupted, and so is one that this
   * process has given up without being able to write it down.
   *
   * @param active ids of the runs that this process works on
   */
  public RunState currentState(Set<String> active) {
    return state == RunState.RUNNING && !workedOn(active) ? RunState.INTERRUPTED : state;
  }

  private boolean workedOn(Set<String> active) {
    if (pid == ProcessHandle.current().pid()) {
      return active.contains(id);
    }
    return new ProcessMark(pid, processStart).alive();
  }

  public static long startOf(ProcessHandle process) {
    return ProcessMark.of(process).start();
  }
}
