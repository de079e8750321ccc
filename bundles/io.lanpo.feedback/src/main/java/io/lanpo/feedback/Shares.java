package io.lanpo.feedback;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import java.util.Arrays;
import java.util.List;

/**
 * The shares of the feedback modes. Counts follow from them by rounding and do not vary from step
 * to step.
 *
 * @param ratio share with language feedback
 * @param reflectShare share of reflection among these
 */
record Shares(double ratio, double reflectShare) {
  private static final Setting<Double> RATIO =
      Setting.decimal("ratio", 0.5, 0, 1, "share", "share of completions with language feedback");

  private static final Setting<Double> REFLECT_SHARE =
      Setting.decimal("reflect-share", 0.5, 0, 1, "share", "share of reflection among these");

  static final List<Setting<?>> DECLARED = List.of(RATIO, REFLECT_SHARE);

  static Shares of(Settings settings) {
    return new Shares(settings.get(RATIO), settings.get(REFLECT_SHARE));
  }

  /**
   * Modes in proportion to the shares: plain ones first, then abstracting, then reflecting ones.
   */
  List<FeedbackMode> modes(int count) {
    int withFeedback = (int) Math.round(ratio * count);
    int reflecting = (int) Math.round(reflectShare * withFeedback);
    FeedbackMode[] modes = new FeedbackMode[count];
    Arrays.fill(modes, FeedbackMode.SCRATCH);
    Arrays.fill(modes, count - withFeedback, count - reflecting, FeedbackMode.ABSTRACT);
    Arrays.fill(modes, count - reflecting, count, FeedbackMode.REFLECT);
    return List.of(modes);
  }
}
