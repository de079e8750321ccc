package io.lanpo.shell.command.pool;

import io.lanpo.api.train.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool is or may be made, and how it is opened.
 *
 * @param folder its folder
 * @param user the newest run that uses it; null when no known run does
 * @param overrides settings of the store on top of the run's, without the prefix {@code pool.}
 */
record PoolLocation(Path folder, @Nullable RunSummary user, Map<String, String> overrides) {
  /** Whether something is there already. */
  boolean occupied() {
    String[] names = folder.toFile().list();
    return Files.exists(folder) && (names == null || names.length > 0);
  }
}
