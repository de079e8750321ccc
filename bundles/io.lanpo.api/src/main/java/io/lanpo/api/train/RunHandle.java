package io.lanpo.api.train;

import org.osgi.annotation.versioning.ProviderType;

/** A run under way in this process. */
@ProviderType
public interface RunHandle {
  /** The run's id. */
  String id();

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
