package io.lanpo.api.train;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A run under way in this process. */
@ProviderType
public interface RunHandle {
  /** The run's id. */
  String id();

  /**
   * What was chosen for this machine when the run began, by the full key of the setting: the value
   * and the reason in a line, such as {@code bf16: 2.0 times f32 here …}.
   */
  default Map<String, String> choices() {
    return Map.of();
  }

  /** Asks the run to stop at the next step boundary with a checkpoint; returns at once. */
  void requestStop();

  /**
   * Waits until the run ends.
   *
   * @return the summary: finished with a result, or stopped
   * @throws io.lanpo.api.component.UserException when the run failed for a reason that a user can
   *     fix
   * @throws InterruptedException when the waiting thread is interrupted; the run goes on
   */
  RunSummary await() throws InterruptedException;
}
