package io.lanpo.engine.health.rule;

import io.lanpo.api.feedback.FeedbackMode;
import java.util.Map;
import java.util.Set;

/**
 * How a run is set up, as far as findings depend on it.
 *
 * @param settings the resolved configuration
 * @param planned how completions are posed
 * @param learns whether the run's objective ever changes the policy
 */
public record RunFacts(Map<String, String> settings, Set<FeedbackMode> planned, boolean learns) {
  public RunFacts {
    settings = Map.copyOf(settings);
    planned = Set.copyOf(planned);
  }

  /** A setting as it is written, {@code key = value}. */
  public String written(String key) {
    return "%s = %s".formatted(key, settings.getOrDefault(key, ""));
  }

  /** Whether a setting is there and is this number. */
  boolean is(String key, double value) {
    return number(key, Double.NaN) == value;
  }

  /**
   * The number that a setting is.
   *
   * @param otherwise where there is no such setting
   */
  double number(String key, double otherwise) {
    try {
      return Double.parseDouble(settings.getOrDefault(key, ""));
    } catch (NumberFormatException e) { // absent, or another component's that is a word
      return otherwise;
    }
  }

  /** Whether a setting is there. */
  boolean has(String key) {
    return settings.containsKey(key);
  }
}
