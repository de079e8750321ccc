package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.run.folder.RunRecord;
import java.util.Map;

/**
 * Gives a run that goes on another length. Nothing else can be changed: the steps that are taken
 * and those to come would be of different runs under one name.
 *
 * @param run as it stands
 */
record LengthChange(RunRecord run) {
  private static final String COMMAND_LINE = "--set";

  /**
   * The run with other values.
   *
   * @param overrides key to value; may be empty
   * @throws UserException for a key that is not of its length, and for fewer steps than are taken
   */
  RunRecord to(Map<String, String> overrides) {
    overrides.forEach(this::check);
    String steps = overrides.getOrDefault(RunSettings.STEPS.key(), Integer.toString(run.steps()));
    int planned = RunSettings.STEPS.read(steps);
    if (planned < run.step()) {
      throw new UserException(
          "%s: steps = %d, but run %s has taken %d"
              .formatted(COMMAND_LINE, planned, run.id(), run.step()),
          "Name more, or start a new run: lanpo train %s --set steps=%d"
              .formatted(run.configuration(), planned));
    }
    return overrides.isEmpty() ? run : run.with(overrides, planned);
  }

  private void check(String key, String value) {
    Setting<?> setting =
        RunSettings.LENGTH.stream()
            .filter(s -> s.key().equals(key))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        "%s: %s cannot be changed: run %s has begun with another value"
                            .formatted(COMMAND_LINE, key, run.id()),
                        "Change %s only, or start a new run: lanpo train %s --set %s=%s"
                            .formatted(
                                String.join(
                                    " and ",
                                    RunSettings.LENGTH.stream().map(Setting::key).toList()),
                                run.configuration(),
                                key,
                                Secrets.shown(key, value))));
    setting.check(value, COMMAND_LINE);
  }
}
