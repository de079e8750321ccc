package io.lanpo.objective;

import io.lanpo.api.component.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Other defaults of the options.
 *
 * @param defaults settings with their other defaults, by key
 */
record Preset(Map<String, Setting<?>> defaults) {
  /** The options as they are declared. */
  static final Preset NONE = new Preset(Map.of());

  /** The same with another default of an option. */
  <T> Preset with(Setting<T> option, T value) {
    Map<String, Setting<?>> all = new LinkedHashMap<>(defaults);
    all.put(option.key(), option.withDefault(value));
    return new Preset(all);
  }

  /** All options. */
  List<Setting<?>> settings() {
    return Options.DECLARED.stream()
        .<Setting<?>>map(option -> defaults.getOrDefault(option.key(), option))
        .toList();
  }
}
