package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * When the policy distils lessons after a step.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record DistillSettings(boolean enabled, int perProblem, double pitfallShare) {
  static final Setting<Boolean> DISTIL =
      Setting.flag("distil.enabled", true, "whether the policy distils lessons after each step");

  static final Setting<Integer> PER_PROBLEM =
      Setting.integer(
          "distil.per-problem",
          1,
          1,
          64,
          "attempts",
          "most solved attempts, and most failed ones, distilled per problem and step");

  static final Setting<Double> PITFALL_SHARE =
      Setting.decimal(
          "distil.pitfall-share",
          0.5,
          0,
          1,
          "chance",
          "chance that a failed attempt is distilled into a pitfall");

  static final List<Setting<?>> DECLARED = List.of(DISTIL, PER_PROBLEM, PITFALL_SHARE);

  DistillSettings none() {
    return new DistillSettings(false, perProblem, pitfallShare);
  }

  static DistillSettings of(Settings settings) {
    return new DistillSettings(
        settings.get(DISTIL), settings.get(PER_PROBLEM), settings.get(PITFALL_SHARE));
  }
}
