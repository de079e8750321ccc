package io.lanpo.api.experiment;

import io.lanpo.api.train.RunListener;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** An experiment that was checked. */
@ProviderType
public interface Experiment {
  /** Where its reports and the logs of its runs are. */
  Path folder();

  /**
   * Runs what is not finished yet, each run in a process of its own, and writes the reports. One
   * process at a time may do this.
   *
   * @param listener hears of progress; units are training steps of all runs
   * @return what the experiment came to so far
   * @throws io.lanpo.api.component.UserException when another process is at it
   * @throws InterruptedException when the waiting thread is interrupted; the runs under way are
   *     stopped with a checkpoint
   */
  ExperimentOutcome run(RunListener listener) throws InterruptedException;

  /** Writes the reports from the runs that are finished, also while others are under way. */
  ExperimentOutcome report();

  /** Asks the runs under way to stop with a checkpoint and starts no more; returns at once. */
  void requestStop();
}
