package io.lanpo.engine.run.progress;

import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.time.Duration;
import java.util.Map;

/**
 * Reports a phase's progress with an estimate of the time left. Every unit is reported: whoever
 * listens decides how much of it to show.
 */
public final class ProgressReporter {
  private final RunListener listener;
  private final String run;
  private final String phase;
  private final long first;
  private final long begin = System.nanoTime();

  /**
   * @param first units that were done before this phase began here
   */
  public ProgressReporter(RunListener listener, String run, String phase, long first) {
    this.listener = listener;
    this.run = run;
    this.phase = phase;
    this.first = first;
  }

  public void done(long done, long total, Map<String, Double> figures) {
    long now = System.nanoTime();
    long units = done - first;
    long left = units <= 0 ? 0 : (long) ((double) (now - begin) / units * (total - done));
    listener.progressed(new Progress(run, phase, done, total, Duration.ofNanos(left), figures));
  }
}
