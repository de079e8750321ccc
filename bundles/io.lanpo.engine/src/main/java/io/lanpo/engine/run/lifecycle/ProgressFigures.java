package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.train.EvaluationMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a line of progress tells of a step. */
final class ProgressFigures {
  private ProgressFigures() {}

  /** The evaluation that poses problems as prompts with this feedback do. */
  private static EvaluationMode posed(FeedbackMode feedback) {
    return switch (feedback) {
      case SCRATCH -> EvaluationMode.ZERO_SHOT;
      case REFLECT -> EvaluationMode.REFLECT;
      case ABSTRACT -> EvaluationMode.RETRIEVE;
    };
  }

  /** What a line of progress shows, the most important first. */
  static Map<String, Double> of(Map<String, Object> line, double tokensPerSecond) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String name : List.of("reward", "accuracy")) {
      if (line.get(name) instanceof Double value) {
        figures.put(name, value);
      }
    }
    figures.put("tokens/s", (double) Math.round(tokensPerSecond));
    for (FeedbackMode mode : FeedbackMode.values()) {
      if (line.get("reward." + Setting.word(mode)) instanceof Double value) {
        figures.put(Setting.word(posed(mode)), value);
      }
    }
    if (line.get(EvaluationHistory.METRIC) instanceof Double value) {
      figures.put("held-out", value);
    }
    return figures;
  }
}
