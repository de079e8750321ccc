package io.lanpo.engine.lesson;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.feedback.ThompsonSampling;
import java.util.Map;

/** The product's selection of lessons. */
final class Selections {
  private Selections() {}

  static LessonSelector.Selection thompson(int most, double minUsefulness) {
    LessonSelector thompson = new ThompsonSampling();
    return thompson.open(
        Settings.of(
            "test",
            thompson.settings(),
            Map.of(
                "most", Integer.toString(most), "min-usefulness", Double.toString(minUsefulness))));
  }
}
