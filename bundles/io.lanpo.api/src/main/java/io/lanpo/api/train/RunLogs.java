package io.lanpo.api.train;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** A service that reads what runs have written down while they trained. */
@ProviderType
public interface RunLogs {
  /**
   * The log of a run.
   *
   * @param path the run's folder, or its {@code rollouts.jsonl}
   * @throws io.lanpo.api.component.UserException when that is no run, or one of a newer format
   */
  RunLog open(Path path);
}
