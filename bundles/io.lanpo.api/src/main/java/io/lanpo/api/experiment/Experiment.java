package io.lanpo.api.experiment;

import io.lanpo.api.train.RunListener;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** An experiment that was checked and is held by this process. */
@ProviderType
public interface Experiment extends AutoCloseable {
  /** Where its reports and the logs of its runs are. */
  Path folder();

  /**
   * Runs what is not finished yet, each run in a process of its own, and writes the reports.
   *
   * @param listener hears of progress; units are training steps of all runs
   * @return what the experiment came to so far
   * @throws InterruptedException when the waiting thread is interrupted; the runs under way are
   *     stopped with a checkpoint
   */
  ExperimentOutcome run(RunListener listener) throws InterruptedException;

  /** Writes the reports from the runs that are finished. */
  ExperimentOutcome report();

  /** Asks the runs under way to stop with a checkpoint and starts no more; returns at once. */
  void requestStop();

  /** Lets others have it. */
  @Override
  void close();
}
