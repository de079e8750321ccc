package io.lanpo.api.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that opens pools. Its {@link Setting}s appear in a run's configuration under {@code
 * pool.}.
 */
@ConsumerType
public interface PoolStore {
  /** The settings of this store, without the prefix {@code pool.}. */
  List<Setting> settings();

  /**
   * Opens the pool in a folder, or makes a new one there. One process at a time can have a pool
   * open.
   *
   * @throws io.lanpo.api.component.UserException when another process holds it (naming its id),
   *     when a file is damaged or of a newer format, when the disk is full, or when the Java
   *     runtime lacks what the store needs
   */
  ExperiencePool open(Path folder, Settings settings);

  /**
   * Reads every entry of a pool that is closed, and changes none. Damage is reported, not thrown.
   *
   * @throws io.lanpo.api.component.UserException when there is no pool in the folder, when a
   *     process has it open, or when this store cannot check
   */
  default PoolReport check(Path folder) {
    throw new UserException(
        "This store cannot check the pool in %s.".formatted(folder),
        "Opening it, for example with pool stats, reads all that the store needs.");
  }
}
