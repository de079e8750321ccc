package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * Which lessons may be shown.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record FeedbackSettings(double floor, int topK, double duplicateOverlap, int window) {
  static final Setting<Double> FLOOR =
      Setting.decimal(
          "feedback.floor", 0.6, -1, 1, "relevance", "least relevance of a lesson's problem");

  static final Setting<Integer> TOP_K =
      Setting.integer(
          "feedback.top-k",
          0,
          0,
          1_000_000,
          "problems",
          "lessons of this many of the most relevant problems are considered; 0: of all above"
              + " the floor");

  static final Setting<Double> DUPLICATE_OVERLAP =
      Setting.decimal(
          "feedback.duplicate-overlap",
          0.1,
          0,
          1,
          "share",
          "common words from which a problem with the same numbers counts as the same one, so"
              + " that its lessons are not shown");

  static final Setting<Integer> WINDOW =
      Setting.integer(
          "feedback.window", 1500, 1, 10_000_000, "lessons", "newest lessons that are considered");

  static final List<Setting<?>> DECLARED = List.of(FLOOR, TOP_K, DUPLICATE_OVERLAP, WINDOW);

  static FeedbackSettings of(Settings settings) {
    return new FeedbackSettings(
        settings.get(FLOOR),
        settings.get(TOP_K),
        settings.get(DUPLICATE_OVERLAP),
        settings.get(WINDOW));
  }
}
