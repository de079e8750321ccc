package io.lanpo.dashboard.data;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolChoice;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.RunLogs;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.dashboard.service.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the pools that runs use. A pool that is open, because its run is under way, is rebuilt
 * from the logs of the runs that use it; any other is opened, copied and closed at once.
 */
final class PoolSnapshots {
  /** So long a copy serves; turning pages should not copy a pool each time. */
  private static final Duration FRESH = Duration.ofSeconds(15);

  private final Services services;
  private @Nullable Copy last;

  PoolSnapshots(Services services) {
    this.services = services;
  }

  /**
   * A copy of a pool.
   *
   * @param folder of the pool
   * @param pool the copy
   * @param origin where it comes from, one sentence
   * @param madeNanos when it was made, by {@link System#nanoTime}
   */
  record Copy(Path folder, PoolSnapshot pool, String origin, long madeNanos) {}

  /**
   * The pool that a run uses.
   *
   * @param all every run that there is
   * @throws UserException when there is neither a pool nor a log of one
   */
  synchronized Copy of(RunSummary run, List<RunSummary> all) {
    Path folder = folder(run);
    Copy known = last;
    if (known != null
        && known.folder.equals(folder)
        && System.nanoTime() - known.madeNanos < FRESH.toNanos()) {
      return known;
    }
    Copy copy = copy(folder, run, all);
    last = copy;
    return copy;
  }

  private Copy copy(Path folder, RunSummary run, List<RunSummary> all) {
    List<RunSummary> users =
        all.stream()
            .filter(r -> uses(r, folder))
            .sorted(Comparator.comparing(RunSummary::started))
            .toList();
    boolean busy = users.stream().anyMatch(r -> r.state() == RunState.RUNNING);
    if (!busy && Files.isDirectory(folder)) {
      try {
        PoolSnapshot opened =
            services
                .use(PoolStore.class, choice(run).store(), s -> opened(s, folder, run))
                .orElse(null);
        if (opened != null) {
          return new Copy(folder, opened, "read from " + folder, System.nanoTime());
        }
      } catch (UserException e) {
        // open elsewhere, or damaged: the logs hold the same
        return fromLogs(folder, users, e.getMessage() + " ");
      }
    }
    return fromLogs(folder, users, "");
  }

  private static PoolSnapshot opened(PoolStore store, Path folder, RunSummary run) {
    try (ExperiencePool pool = choice(run).open(store, folder, Map.of())) {
      return PoolSnapshot.of(pool);
    }
  }

  private Copy fromLogs(Path folder, List<RunSummary> users, String reason) {
    PoolSnapshot pool = new PoolSnapshot();
    List<String> gaps = new ArrayList<>();
    for (RunSummary user : users) {
      try {
        services
            .use(RunLogs.class, logs -> logs.open(user.folder()).replay(pool))
            .ifPresent(replayed -> gaps.addAll(replayed.gaps()));
      } catch (UserException e) {
        gaps.add(String.valueOf(e.getMessage()));
      }
    }
    String origin = reason + "made from the logs of " + users.size() + " run(s)";
    return new Copy(
        folder,
        pool,
        gaps.isEmpty() ? origin : origin + "; " + String.join("; ", gaps),
        System.nanoTime());
  }

  private boolean uses(RunSummary run, Path folder) {
    try {
      return folder(run).equals(folder);
    } catch (UserException e) {
      // One bad configuration hides no other run.
      return false;
    }
  }

  private Path folder(RunSummary run) {
    Path folder = choice(run).folder(run.folder(), services.sharedPools());
    return folder.toAbsolutePath().normalize();
  }

  private static PoolChoice choice(RunSummary run) {
    return new PoolChoice(run.settings());
  }
}
