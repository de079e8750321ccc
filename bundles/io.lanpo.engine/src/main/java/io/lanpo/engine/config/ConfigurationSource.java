package io.lanpo.engine.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that were written in one place; of a wrong one that place is named.
 *
 * @param origin the place, e.g. a file's name
 * @param values key to value as written
 */
public record ConfigurationSource(String origin, Map<String, String> values) {
  public ConfigurationSource {
    values = Map.copyOf(values);
  }

  /** The values that are in effect when later places replace what earlier ones say. */
  public static Map<String, String> merged(List<ConfigurationSource> places) {
    Map<String, String> merged = new HashMap<>();
    places.forEach(place -> merged.putAll(place.values));
    return merged;
  }
}
