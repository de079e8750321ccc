package io.lanpo.dashboard.data;

import io.lanpo.api.pool.LessonUse;

/**
 * How useful a lesson has been: what share of the completions that saw it did better than their
 * group, at least. "At least" is the lower end of the 95 % interval of E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", JASA 22 (1927), so that a lesson
 * that was shown once and did well does not stand above one that did well fifty times.
 */
final class LessonUsefulness {
  /** The normal distribution has 95 % within so many deviations. */
  private static final double Z = 1.959964;

  private LessonUsefulness() {}

  /** From 0 to 1; 0 for a lesson that was never shown. */
  static double of(LessonUse use) {
    double n = use.shown();
    if (n == 0) {
      return 0;
    }
    double share = use.better() / n;
    double z2 = Z * Z;
    double middle = share + z2 / (2 * n);
    double spread = Z * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return Math.max(0, (middle - spread) / (1 + z2 / n));
  }
}
