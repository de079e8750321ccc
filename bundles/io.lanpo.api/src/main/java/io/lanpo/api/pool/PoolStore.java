package io.lanpo.api.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.nio.file.Files;
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
  List<Setting<?>> settings();

  /**
   * Opens the pool in a folder, or makes a new one in a folder that is empty or not there. One
   * process at a time can have a pool open. Nothing is deleted that the store has not made.
   *
   * @throws UserException when the folder holds something else, when another process holds it
   *     (naming its id), when a file is damaged beyond repair or of a newer format, when the disk
   *     is full, or when the Java runtime lacks what the store needs
   */
  ExperiencePool open(Path folder, Settings settings);

  /**
   * Whether a folder holds a pool, in whatever state, and not something else.
   *
   * @param folder any path
   */
  default boolean holds(Path folder) {
    return Files.isDirectory(folder);
  }

  /**
   * Reads every entry of a pool that is not open. The folder is left as it was found; damage is a
   * matter of the report, not an exception.
   *
   * @param folder an existing pool folder
   * @throws UserException when there is no pool, when it is open (naming the process id), or when
   *     this store cannot check
   */
  default PoolReport check(Path folder) {
    throw new UserException(
        "The pool in %s belongs to a store that cannot check pools.".formatted(folder),
        "Open it, e.g. with 'lanpo pool stats'.");
  }
}
