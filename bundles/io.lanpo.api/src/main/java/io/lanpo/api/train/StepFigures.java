package io.lanpo.api.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a step, as a line of a run's {@code metrics.jsonl} has them.
 *
 * @param byName numbers by name; those of an inner object have its name and a dot before
 */
public record StepFigures(Map<String, Double> byName) {
  /**
   * Of what a line holds; what is no number is left out.
   *
   * @param line the line's object, read as maps, numbers, texts and lists
   */
  public static StepFigures of(Map<?, ?> line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    flatten("", line, figures);
    return new StepFigures(figures);
  }

  private static void flatten(String prefix, Map<?, ?> object, Map<String, Double> figures) {
    object.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, figures);
          } else if (value instanceof Number number) {
            figures.put(prefix + key, number.doubleValue());
          }
        });
  }
}
