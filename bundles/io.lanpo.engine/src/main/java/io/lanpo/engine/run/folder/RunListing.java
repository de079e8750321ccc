package io.lanpo.engine.run.folder;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is listed.
 *
 * @param folder its folder
 */
public record RunListing(RunFolder folder) {
  /**
   * The run as it is listed.
   *
   * @param active ids of the runs that this process works on
   */
  public RunSummary summary(Set<String> active) {
    RunRecord record = folder.record();
    RunState state = record.currentState(active);
    Manifest manifest = folder.manifest();
    Scores.Result result = state == RunState.FINISHED ? folder.result() : null;
    if (state == RunState.FINISHED && result == null) {
      throw new UserException(
          "%s has no result.json, though the run is finished".formatted(folder.path()),
          "Bring the file back from a copy.");
    }
    String message =
        state == RunState.INTERRUPTED
            ? "process %d ended without finishing it".formatted(record.pid())
            : record.message();
    return summary(
        record,
        state,
        message,
        manifest == null ? Map.of() : manifest.inWords(),
        result == null ? null : result.toResult());
  }

  /**
   * A run that cannot be read as it is listed: with as much as is known of it.
   *
   * @param reason what is wrong with it
   */
  public RunSummary damaged(String reason) {
    try {
      return summary(folder.record(), RunState.DAMAGED, reason, Map.of(), null);
    } catch (RuntimeException e) {
      return new RunSummary(
          folder.path().getFileName().toString(),
          "",
          RunState.DAMAGED,
          0,
          0,
          lastWritten(),
          folder.path(),
          reason,
          Map.of(),
          Map.of(),
          null);
    }
  }

  private Instant lastWritten() {
    try {
      return Files.getLastModifiedTime(folder.path()).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private RunSummary summary(
      RunRecord record,
      RunState state,
      String message,
      Map<String, String> components,
      @Nullable RunResult result) {
    RunNotes notes = RunNotes.NONE;
    String said = message;
    try {
      notes = folder.notes().read();
    } catch (UserException e) {
      // the run is as good as it was
      said = "%s; %s".formatted(message, e.getMessage()).replaceFirst("^; ", "");
    }
    return new RunSummary(
        record.id(),
        record.configuration(),
        state,
        record.step(),
        record.steps(),
        Instant.parse(record.started()),
        folder.path(),
        Secrets.shown(said),
        Secrets.shown(record.settings()),
        record.asked(),
        components,
        result,
        Optional.ofNullable(record.health()),
        notes);
  }
}
