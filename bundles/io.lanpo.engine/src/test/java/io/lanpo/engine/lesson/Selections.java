package io.lanpo.engine.lesson;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.engine.call.Named;
import io.lanpo.feedback.ThompsonSampling;
import java.util.Map;

/** Selectors of lessons that have been opened. */
final class Selections {
  private Selections() {}

  /** The product's. */
  static LessonChoice thompson(int most, double minUsefulness) {
    LessonSelector thompson = new ThompsonSampling();
    return of(
        thompson.open(
            Settings.of(
                "test",
                thompson.settings(),
                Map.of(
                    "most",
                    Integer.toString(most),
                    "min-usefulness",
                    Double.toString(minUsefulness)))));
  }

  static LessonChoice of(LessonSelector.Selection selection) {
    return LessonChoice.of(new Named<>(selection, "lesson selector mine of it 1.0"));
  }
}
