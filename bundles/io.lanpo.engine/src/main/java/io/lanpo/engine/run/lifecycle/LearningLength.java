package io.lanpo.engine.run.lifecycle;

import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.update.LearningComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run is too short for. It contradicts nothing, as a long run may be tried for some steps,
 * but has to be known.
 */
final class LearningLength {
  private LearningLength() {}

  /**
   * What does not come about within the steps of a run.
   *
   * @param values all settings of the run, by key
   * @return a sentence for each
   */
  static List<String> untimely(
      RunSettings settings, LearningComponents learning, Map<String, String> values) {
    List<String> sentences = new ArrayList<>();
    int steps = settings.steps();
    double share = learning.rates().highestShare();
    if (share < 1) {
      sentences.add(
          "the %s, with %s, comes to %s of optimizer.learning-rate = %s at most within steps = %d"
              .formatted(
                  learning.rates().schedule().title(),
                  given(ComponentKind.SCHEDULE, values),
                  share,
                  values.get("optimizer.learning-rate"),
                  steps));
    }
    int refresh = learning.objective().instance().referenceRefresh();
    if (refresh > 0 && refresh >= steps) {
      sentences.add(
          "the %s renews its reference every %d steps, which never comes about within steps = %d"
              .formatted(learning.objective().title(), refresh, steps));
    }
    return sentences;
  }

  private static String given(ComponentKind kind, Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .filter(e -> e.getKey().startsWith(kind.prefix()))
            .map(e -> "%s = %s".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
  }
}
