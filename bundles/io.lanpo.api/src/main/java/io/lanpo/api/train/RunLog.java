package io.lanpo.api.train;

import io.lanpo.api.pool.ExperiencePool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What a run has written down: enough to fill a pool again. */
@ProviderType
public interface RunLog {
  /** The run's id. */
  String run();

  /** The run's folder. */
  Path folder();

  /** When the run began. */
  Instant started();

  /** The run's resolved configuration. */
  Map<String, String> settings();

  /**
   * Adds to a pool what the run has added to its own, in the same order, one step at a time.
   *
   * @throws io.lanpo.api.component.UserException naming file and line of what cannot be read; what
   *     came before it has been added
   */
  Replayed replay(ExperiencePool pool);

  /**
   * What a log held.
   *
   * @param experiences number of trials
   * @param lessons number of lessons
   * @param gaps what is not in the log and hence not in the pool, one sentence each
   */
  record Replayed(long experiences, long lessons, List<String> gaps) {
    public Replayed {
      gaps = List.copyOf(gaps);
    }
  }
}
