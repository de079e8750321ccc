package io.lanpo.api.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The pool that a run's configuration asks for.
 *
 * @param configuration the run's resolved configuration; may be empty
 */
public record PoolChoice(Map<String, String> configuration) {
  private static final String PREFIX = "pool.";
  private static final String NAME = PREFIX + "name";

  /** Longer ones do not fit into a file name on every disk. */
  private static final int LONGEST_NAME = 100;

  /** Name of the store that opens it. */
  public String store() {
    return configuration.getOrDefault("pool", "chronicle");
  }

  /**
   * Its folder.
   *
   * @param run folder of the run
   * @param shared folder of the pools that runs share
   * @throws UserException when its name is none
   */
  public Path folder(Path run, Path shared) {
    checkName("configuration of the run");
    String name = configuration.getOrDefault(NAME, "");
    return name.isEmpty() ? run.resolve("pool") : shared.resolve(name);
  }

  /**
   * Refuses a name that leads out of the folder of the shared pools, or deeper into it.
   *
   * @param origin where it was written, for the message
   */
  public void checkName(String origin) {
    String name = configuration.getOrDefault(NAME, "");
    if (!name.isEmpty() && !isName(name)) {
      throw new UserException(
          "%s: %s = %s is not allowed; it must be the name of a folder, at most %d characters, without / and \\"
              .formatted(origin, NAME, name.replaceAll("\\p{Cc}", "?"), LONGEST_NAME),
          "Correct the value or remove the key to get a pool of the run's own.");
    }
  }

  /** Whether a shared pool may have this name. */
  public static boolean isName(String name) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.matches("\\.\\.?")
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      return false;
    }
    try {
      return Path.of(name).getNameCount() == 1 && !Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Opens it, or makes a new one.
   *
   * @param overrides settings of the store on top of the configuration's, with the prefix {@code
   *     pool.} or without
   * @throws UserException as {@link PoolStore#open}, and for a setting that is not allowed
   */
  public ExperiencePool open(PoolStore store, Path folder, Map<String, String> overrides) {
    Map<String, String> values = new HashMap<>();
    for (Setting<?> setting : store.settings()) {
      String value = configuration.get(PREFIX + setting.key());
      if (value != null) {
        values.put(setting.key(), value);
      }
    }
    overrides.forEach(
        (key, value) ->
            values.put(key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key, value));
    String origin = overrides.isEmpty() ? "configuration of the run" : "--set";
    return store.open(folder, Settings.of(origin, store.settings(), values));
  }
}
