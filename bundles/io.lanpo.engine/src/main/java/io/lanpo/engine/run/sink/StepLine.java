package io.lanpo.engine.run.sink;

import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.train.StepFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A line of {@code metrics.jsonl} as a sink is told it. */
final class StepLine {
  private StepLine() {}

  /**
   * Reads a line.
   *
   * @return empty when it does not say which step it is of
   */
  static Optional<RecordedStep> of(Map<?, ?> line) {
    Map<String, Double> figures = new LinkedHashMap<>(StepFigures.of(line).byName());
    Double step = figures.remove("step");
    Double at = figures.remove("timing.at");
    return Optional.ofNullable(step)
        .map(number -> new RecordedStep(number.intValue(), at == null ? 0 : at, figures));
  }
}
