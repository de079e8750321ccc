package io.lanpo.libs.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Loss;

/**
 * The bounds of a ratio of probabilities.
 *
 * @param low how far below one it counts
 * @param high how far above one it counts
 */
public record Clip(double low, double high) {
  /** The setting of the lower bound. */
  public static final Setting<Double> LOW =
      Setting.decimal("clip-low", 0.2, 0, 1, "", "the ratio counts down to 1 − this");

  /** The setting of the upper bound. */
  public static final Setting<Double> HIGH =
      Setting.decimal(
          "clip-high", 0.28, 0, 100, "", "the ratio counts up to 1 + this (clip-higher)");

  /** The bounds that a run asks for. */
  public static Clip of(Settings settings) {
    return new Clip(settings.get(LOW), settings.get(HIGH));
  }

  /** PPO's lesser of two, without a penalty. */
  public Loss.ClippedSurrogate loss(double temperature) {
    return new Loss.ClippedSurrogate(low, high, 0, temperature);
  }
}
