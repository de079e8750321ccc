package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import java.util.List;
import java.util.stream.Stream;

/** AdamW under a prefix: the cold start and reinforcement learning have one each. */
final class OptimizerSettings {
  private OptimizerSettings() {}

  private static final Setting<Double> LEARNING_RATE =
      Setting.decimal("learning-rate", 1e-6, 0, 10, "", "AdamW step size (peak)");

  private static final Setting<Double> BETA1 =
      Setting.decimal("beta1", 0.9, 0, 0.99999, "", "AdamW decay of the mean");

  private static final Setting<Double> BETA2 =
      Setting.decimal("beta2", 0.95, 0, 0.99999999, "", "AdamW decay of the square");

  private static final Setting<Double> EPSILON =
      Setting.decimal("epsilon", 1e-8, 1e-20, 1, "", "AdamW denominator term");

  private static final Setting<Double> WEIGHT_DECAY =
      Setting.decimal("weight-decay", 0, 0, 10, "", "decoupled decay");

  private static final Setting<Double> MAX_GRADIENT_NORM =
      Setting.decimal("max-gradient-norm", 1, 1e-6, 1e9, "", "gradients are scaled to this norm");

  static List<Setting<?>> declare(
      String prefix, double learningRate, double beta2, double weightDecay) {
    return Stream.of(
            LEARNING_RATE.withDefault(learningRate),
            BETA1,
            BETA2.withDefault(beta2),
            EPSILON,
            WEIGHT_DECAY.withDefault(weightDecay),
            MAX_GRADIENT_NORM)
        .<Setting<?>>map(setting -> setting.prefixed(prefix))
        .toList();
  }

  /** Reads settings that are under the prefix. */
  static AdamW of(Settings settings) {
    return new AdamW(
        settings.get(LEARNING_RATE),
        settings.get(BETA1),
        settings.get(BETA2),
        settings.get(EPSILON),
        settings.get(WEIGHT_DECAY),
        settings.get(MAX_GRADIENT_NORM));
  }
}
