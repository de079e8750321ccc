package io.lanpo.engine.config;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The values that {@code run.json} does not keep, since they give access to something: a run that
 * goes on takes them from its configuration as that is now.
 */
public final class HiddenValues {
  private HiddenValues() {}

  /**
   * What was written, with the hidden values.
   *
   * @param written what was kept of a run
   * @param current the configuration files of the run
   * @throws UserException when one of them is not there any more
   */
  public static ConfigurationSource completed(
      ConfigurationSource written, Supplier<List<ConfigurationSource>> current) {
    Map<String, String> values = new HashMap<>(written.values());
    if (!values.containsValue(Secrets.HIDDEN)) {
      return written;
    }
    Map<String, String> now = ConfigurationSource.merged(current.get());
    values.replaceAll(
        (key, value) -> {
          if (!value.equals(Secrets.HIDDEN)) {
            return value;
          }
          String found = now.get(key);
          if (found == null) {
            throw new UserException(
                "%s does not keep %s, which is secret, and the run's configuration does not have it"
                    .formatted(written.origin(), key),
                "Add %s to the configuration.".formatted(key));
          }
          return found;
        });
    return new ConfigurationSource(written.origin(), values);
  }
}
