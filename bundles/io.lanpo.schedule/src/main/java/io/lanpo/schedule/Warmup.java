package io.lanpo.schedule;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Schedule;

/**
 * A linear rise to the peak, and what comes after it:
 *
 * <pre>
 * step ≤ warmup   step / warmup
 * then            the shape at (step − 1 − warmup) / (steps − warmup), from 0 to almost 1
 * </pre>
 *
 * <p>After the warm-up these are the schedules of the field's libraries, whose steps count from 0.
 * Their warm-up begins with a rate of 0, that is with a step that learns nothing; this one does
 * not.
 */
final class Warmup {
  static final Setting<Integer> STEPS =
      Setting.integer(
          "warmup", 0, 0, 1_000_000, "training steps", "the learning rate rises to its peak over");

  static final Setting<Double> FINAL_RATE =
      Setting.decimal(
          "final-rate", 0, 0, 1, "share", "the learning rate falls to this share of the peak");

  private Warmup() {}

  /** How a rate goes on from its peak. */
  @FunctionalInterface
  interface Shape {
    /**
     * @param over how much of the way is over, from 0 to almost 1
     * @return share of the peak
     */
    double at(double over);
  }

  /** The rates of a run with a warm-up. */
  static Schedule.Rate then(Settings settings, Shape shape) {
    int warmup = settings.get(STEPS);
    return (step, steps) ->
        step <= warmup
            ? step / (double) warmup
            : shape.at((step - 1.0 - warmup) / (steps - warmup));
  }

  /** A rate that falls to the final one. */
  static Schedule.Rate falling(Settings settings, Shape left) {
    double last = settings.get(FINAL_RATE);
    return then(settings, over -> last + (1 - last) * left.at(over));
  }
}
