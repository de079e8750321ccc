package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.Setting;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.ConfigurationSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of a run's objective beside those that it has by itself: a name is not all that it is. */
public final class ObjectiveValues {
  private ObjectiveValues() {}

  /** What an objective has by itself where the configuration gives another value, by key. */
  public static Map<String, String> overridden(ResolvedConfiguration resolved) {
    Map<String, String> presets = new LinkedHashMap<>();
    for (Setting<?> setting :
        ComponentKind.OBJECTIVE.settingsOf(resolved.components().objective())) {
      String value = resolved.settings().asMap().getOrDefault(setting.key(), "");
      if (!setting.read(value).equals(setting.read(setting.defaultValue()))) {
        presets.put(setting.key(), setting.defaultValue());
      }
    }
    return presets;
  }

  /**
   * What an objective that {@code --set} names has from the files, which say it of another one.
   *
   * @return a sentence for people; empty where it goes by its own values and those of {@code --set}
   */
  public static Optional<String> takenOver(
      ResolvedConfiguration resolved, List<ConfigurationSource> files) {
    Map<String, String> written = ConfigurationSource.merged(files);
    if (!ComponentKind.replaced(written, resolved.overrides()).contains(ComponentKind.OBJECTIVE)) {
      return Optional.empty();
    }
    Map<String, String> own = overridden(resolved);
    own.keySet().removeAll(resolved.overrides().keySet());
    String values =
        own.entrySet().stream()
            .map(
                e ->
                    "%s = %s (its own: %s)"
                        .formatted(
                            e.getKey(), resolved.settings().asMap().get(e.getKey()), e.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(values)
        .filter(all -> !all.isEmpty())
        .map(
            all ->
                "objective = %s has values that the configuration gives to objectives: %s. --set a key to give it its own"
                    .formatted(resolved.overrides().get(ComponentKind.OBJECTIVE.key()), all));
  }
}
