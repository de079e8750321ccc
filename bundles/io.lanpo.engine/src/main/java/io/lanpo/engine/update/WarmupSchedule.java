package io.lanpo.engine.update;

import io.lanpo.engine.config.ScheduleSettings;
import org.apache.commons.math3.util.FastMath;

/**
 * A linear warm-up, then constant, linear or cosine:
 *
 * <pre>
 * step ≤ warmup   step / warmup
 * then, p = (step − 1 − warmup) / (steps − warmup), from 0 to almost 1
 *   constant      1
 *   linear        final + (1 − final) · (1 − p)
 *   cosine        final + (1 − final) · (1 + cos πp) / 2
 * </pre>
 *
 * <p>After the warm-up these are the schedules of the field's libraries, whose steps count from 0.
 * Their warm-up begins with a rate of 0, that is with a step that learns nothing; this one does
 * not.
 */
public record WarmupSchedule(ScheduleSettings settings) implements Schedule {
  @Override
  public double share(int step, int steps) {
    int warmup = settings.warmup();
    if (step <= warmup) {
      return step / (double) warmup;
    }
    double over = (step - 1.0 - warmup) / (steps - warmup);
    return switch (settings.shape()) {
      case CONSTANT -> 1;
      case LINEAR -> fallen(1 - over);
      case COSINE -> fallen((1 + FastMath.cos(FastMath.PI * over)) / 2);
    };
  }

  private double fallen(double left) {
    return settings.finalRate() + (1 - settings.finalRate()) * left;
  }
}
