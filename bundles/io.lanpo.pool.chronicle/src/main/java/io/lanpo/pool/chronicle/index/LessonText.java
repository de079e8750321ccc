package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.LessonUse;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A text that one or more lessons of the pool have, and how it has served. */
final class LessonText {
  /** The text whose oldest lesson is evicted first comes first. Texts must have a lesson. */
  static final Comparator<LessonText> EVICTED_FIRST =
      Comparator.comparingDouble(LessonText::score).thenComparingLong(w -> w.oldest().number());

  private final String text;

  /** In order of age. */
  private final Set<LessonEntry> lessons = new LinkedHashSet<>();

  private LessonUse use = LessonUse.NONE;

  LessonText(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  Set<LessonEntry> lessons() {
    return lessons;
  }

  LessonEntry oldest() {
    return lessons.iterator().next();
  }

  LessonUse use() {
    return use;
  }

  void add(LessonUse more) {
    use = use.plus(more);
  }

  void remove(LessonUse less) {
    use = use.minus(less);
  }

  /**
   * How much the text helps: the share of the completions that saw it and did better than the mean
   * of their group, as if it had been shown four times before and had helped once. A lesson that
   * was never shown thus has a quarter; it goes after those that were tried in vain and before
   * those that help more often. (A half would be too much: in a group where all succeed, none is
   * better than the mean.)
   */
  double score() {
    return (use.better() + 1.0) / (use.shown() + 4.0);
  }
}
