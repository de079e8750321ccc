package io.lanpo.dashboard.log;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The logs that were looked at last; what older ones keep in memory is given up. Thread-safe. */
public final class LogCache {
  private static final int MOST = 12;

  private final Map<Path, MetricsLog> metrics = new Recent<>();
  private final Map<Path, RolloutLog> rollouts = new Recent<>();

  /** The metrics in a run's folder. */
  public MetricsLog metrics(Path folder) {
    return of(metrics, folder, MetricsLog::new);
  }

  /** The completions in a run's folder. */
  public RolloutLog rollouts(Path folder) {
    return of(rollouts, folder, RolloutLog::new);
  }

  private static <T> T of(Map<Path, T> logs, Path folder, Function<Path, T> open) {
    synchronized (logs) {
      return logs.computeIfAbsent(folder.toAbsolutePath().normalize(), open);
    }
  }

  /** Forgets what was not asked for longest. */
  private static final class Recent<T> extends LinkedHashMap<Path, T> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, T> eldest) {
      return size() > MOST;
    }
  }
}
