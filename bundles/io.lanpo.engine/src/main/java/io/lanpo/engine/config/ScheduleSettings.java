package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * The learning rate of reinforcement learning over the training steps of a run.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record ScheduleSettings(Shape shape, int warmup, double finalRate) {

  /** How the learning rate goes on from its peak. */
  public enum Shape {
    /** It stays. */
    CONSTANT,
    /** It falls by the same amount each step. */
    LINEAR,
    /** It falls by half a cosine, arXiv 1608.03983. */
    COSINE
  }

  static final Setting<Shape> SHAPE =
      Setting.choice(
          "optimizer.schedule",
          Shape.class,
          "how the learning rate goes on from its peak until the last step");

  static final Setting<Integer> WARMUP =
      Setting.integer(
          "optimizer.warmup",
          0,
          0,
          1_000_000,
          "training steps",
          "the learning rate rises to its peak over");

  static final Setting<Double> FINAL_RATE =
      Setting.decimal(
          "optimizer.final-rate",
          0,
          0,
          1,
          "share",
          "the schedules linear and cosine fall to this share of the peak");

  static final List<Setting<?>> DECLARED = List.of(SHAPE, WARMUP, FINAL_RATE);

  static ScheduleSettings of(Settings settings) {
    return new ScheduleSettings(
        settings.get(SHAPE), settings.get(WARMUP), settings.get(FINAL_RATE));
  }
}
