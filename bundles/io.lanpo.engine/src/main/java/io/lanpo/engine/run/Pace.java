package io.lanpo.engine.run;

import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.time.Duration;
import java.util.Map;

/** Reports a phase's progress with an estimate of the time left, at most a few times a second. */
final class Pace {
  private static final long BETWEEN_NANOS = 200_000_000L;

  private final RunListener listener;
  private final String run;
  private final String phase;
  private final long first;
  private final long begin = System.nanoTime();
  private long reported;

  /**
   * @param first units that were done before this phase began here
   */
  Pace(RunListener listener, String run, String phase, long first) {
    this.listener = listener;
    this.run = run;
    this.phase = phase;
    this.first = first;
  }

  void done(long done, long total, Map<String, Double> figures) {
    long now = System.nanoTime();
    if (done < total && done > first && now - reported < BETWEEN_NANOS) {
      return;
    }
    reported = now;
    long units = done - first;
    long left = units <= 0 ? 0 : (long) ((double) (now - begin) / units * (total - done));
    listener.progressed(new Progress(run, phase, done, total, Duration.ofNanos(left), figures));
  }
}
