package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import java.util.ArrayList;
import java.util.List;

/** AdamW under a prefix: the cold start and reinforcement learning have one each. */
final class OptimizerSettings {
  private OptimizerSettings() {}

  static List<Setting> declare(
      String prefix, double learningRate, double beta2, double weightDecay) {
    List<Setting> all = new ArrayList<>();
    all.add(
        Setting.decimal(
            prefix + "learning-rate", learningRate, 0, 10, "", "AdamW step size (peak)"));
    all.add(Setting.decimal(prefix + "beta1", 0.9, 0, 0.99999, "", "AdamW decay of the mean"));
    all.add(
        Setting.decimal(prefix + "beta2", beta2, 0, 0.99999999, "", "AdamW decay of the square"));
    all.add(Setting.decimal(prefix + "epsilon", 1e-8, 1e-20, 1, "", "AdamW denominator term"));
    all.add(Setting.decimal(prefix + "weight-decay", weightDecay, 0, 10, "", "decoupled decay"));
    all.add(
        Setting.decimal(
            prefix + "max-gradient-norm", 1, 1e-6, 1e9, "", "gradients are scaled to this norm"));
    return List.copyOf(all);
  }

  static AdamW of(String prefix, Settings settings) {
    return new AdamW(
        settings.decimal(prefix + "learning-rate"),
        settings.decimal(prefix + "beta1"),
        settings.decimal(prefix + "beta2"),
        settings.decimal(prefix + "epsilon"),
        settings.decimal(prefix + "weight-decay"),
        settings.decimal(prefix + "max-gradient-norm"));
  }
}
