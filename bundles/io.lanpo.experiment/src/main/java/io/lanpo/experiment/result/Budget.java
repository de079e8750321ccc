package io.lanpo.experiment.result;

import io.lanpo.api.component.Setting;
import java.util.function.ToDoubleFunction;

/** What may be the same for two runs that are compared. */
public enum Budget {
  /** Training steps. */
  STEPS("training steps", CurvePoint::step),
  /** Completion tokens sampled for training, reviews and lessons included. */
  TOKENS("generated tokens", CurvePoint::tokens),
  /** Processor seconds of the training steps. */
  CPU("CPU seconds", CurvePoint::cpuSeconds);

  private final String title;
  private final ToDoubleFunction<CurvePoint> amount;

  Budget(String title, ToDoubleFunction<CurvePoint> amount) {
    this.title = title;
    this.amount = amount;
  }

  /** What it is, for readers. */
  public String title() {
    return title;
  }

  /** Its name in documents. */
  public String word() {
    return Setting.word(this);
  }

  /** How much was spent up to a point. */
  public double of(CurvePoint point) {
    return amount.applyAsDouble(point);
  }
}
