package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * When the policy is evaluated on held-out problems, and on how many of them.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record EvaluationSettings(
    int every, int samples, int problems, int finalProblems, int patience) {
  static final Setting<Integer> EVERY =
      Setting.integer(
          "evaluation.every", 10, 0, 1_000_000, "training steps", "zero-shot evaluations; 0: none");

  static final Setting<Integer> SAMPLES =
      Setting.integer(
          "evaluation.samples", 2, 1, 4096, "completions", "completions per held-out problem");

  static final Setting<Integer> PROBLEMS =
      Setting.integer(
          "evaluation.problems",
          0,
          0,
          10_000_000,
          "problems",
          "held-out problems of the evaluations between steps, always the same ones; 0: all");

  static final Setting<Integer> FINAL_PROBLEMS =
      Setting.integer(
          "evaluation.final-problems",
          0,
          0,
          10_000_000,
          "problems",
          "held-out problems of the evaluations before the first step and after the last; 0:"
              + " all");

  /** When a run that no longer improves ends. */
  public static final Setting<Integer> PATIENCE =
      Setting.integer(
          "evaluation.patience",
          0,
          0,
          1_000_000,
          "evaluations",
          "the run ends when so many evaluations between steps in turn were no better than the best"
              + " before; 0: it takes all steps");

  static final List<Setting<?>> DECLARED =
      List.of(EVERY, SAMPLES, PROBLEMS, FINAL_PROBLEMS, PATIENCE);

  static EvaluationSettings of(Settings settings) {
    return new EvaluationSettings(
        settings.get(EVERY),
        settings.get(SAMPLES),
        settings.get(PROBLEMS),
        settings.get(FINAL_PROBLEMS),
        settings.get(PATIENCE));
  }
}
