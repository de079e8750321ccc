package io.lanpo.api.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
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

  /** Name of the store that opens it. */
  public String store() {
    return configuration.getOrDefault("pool", "chronicle");
  }

  /**
   * Its folder.
   *
   * @param run folder of the run
   * @param shared folder of the pools that runs share
   */
  public Path folder(Path run, Path shared) {
    String name = configuration.getOrDefault(PREFIX + "name", "");
    return name.isEmpty() ? run.resolve("pool") : shared.resolve(name);
  }

  /**
   * Opens it, or makes a new one.
   *
   * @param overrides settings of the store on top of the configuration's, with the prefix {@code
   *     pool.} or without
   * @throws io.lanpo.api.component.UserException as {@link PoolStore#open}, and for a setting that
   *     is not allowed
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
