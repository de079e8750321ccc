package io.lanpo.api.train;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts, stops, resumes and evaluates runs.
 *
 * <p>Every method throws {@link io.lanpo.api.component.UserException} for a name that does not
 * exist or for a configuration that is not allowed, before anything has begun.
 */
@ProviderType
public interface TrainingService {
  /** Names of the run configurations, sorted. */
  List<String> configurations();

  /**
   * Every setting that a configuration may have, as it is declared, with the settings of the
   * components that the configuration names.
   */
  List<Setting<?>> settings(String configuration);

  /**
   * The value that each of these settings would have in a run that is started with these overrides,
   * defaults included; what a start would refuse is refused here, without a run.
   *
   * @param overrides key to value, on top of the file; empty for the values of the file
   */
  Map<String, String> values(String configuration, Map<String, String> overrides);

  /**
   * Starts a run.
   *
   * @param configuration name of the configuration
   * @param overrides key to value, on top of the file
   * @param listener hears of progress
   */
  RunHandle start(String configuration, Map<String, String> overrides, RunListener listener);

  /** Continues a run from its last checkpoint. */
  default RunHandle resume(String run, RunListener listener) {
    return resume(run, "", listener);
  }

  /**
   * Continues a run from a checkpoint. What came after it is done again.
   *
   * @param checkpoint its name, such as {@code step-000040}; empty for the last
   * @throws UserException also when the run's folder is not as the run wrote it, naming the file
   *     and a checkpoint that is whole
   */
  RunHandle resume(String run, String checkpoint, RunListener listener);

  /**
   * Continues a run from a checkpoint with other values of the settings that say how long it goes
   * on. With more steps a finished run goes on, too.
   *
   * @param overrides key to value; empty to go on as it was begun
   * @throws UserException also for a setting that makes it another run
   */
  default RunHandle resume(
      String run, String checkpoint, Map<String, String> overrides, RunListener listener) {
    if (overrides.isEmpty()) {
      return resume(run, checkpoint, listener);
    }
    throw new UserException(
        "run %s goes on as it was begun; this service changes no settings".formatted(run),
        "Leave out --set.");
  }

  /**
   * Asks a run of this or another process to stop at its next step boundary.
   *
   * @return its state when asked
   */
  RunSummary stop(String run);

  /** All runs, newest first; also those whose folder cannot be read. */
  List<RunSummary> runs();

  /**
   * One run; a unique beginning of its id is enough.
   *
   * @throws UserException also when its folder cannot be read
   */
  RunSummary run(String id);

  /**
   * Writes what people say about a run in the place of what was said before; a run that is running
   * takes no notice.
   *
   * @return the run with it
   * @throws UserException also when what is there cannot be read: it may be somebody's words
   */
  default RunSummary note(String run, RunNotes notes) {
    throw new UserException(
        "this service keeps no notes on run %s".formatted(run), "Install the engine's.");
  }

  /**
   * Evaluates; a run itself is not changed. Answers are kept: an evaluation that was interrupted
   * goes on when it is asked for again, with the same outcome.
   *
   * @throws UserException also when the calling thread is interrupted
   */
  EvaluationReport evaluate(EvaluationRequest request, RunListener listener);
}
