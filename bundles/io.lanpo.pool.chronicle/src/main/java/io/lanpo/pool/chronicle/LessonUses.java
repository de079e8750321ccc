package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.LessonUse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each wording has served, kept up to date as experiences and lessons come and go. An
 * experience names lessons by id; it counts once for a wording, however many of its lessons have
 * that wording. The counts depend on what is in the pool only, not on the order in which it came,
 * so they are the same after a restart. Not thread-safe.
 */
final class LessonUses {
  private static final LessonUse NONE = new LessonUse(0, 0, 0);

  /** By lesson. */
  private final Map<String, Wording> wordings = new HashMap<>();

  private final Map<String, Wording> byText = new HashMap<>();

  /** All wordings. */
  private final Ranking<Wording> ranking;

  /** Experiences by lesson. */
  private final Map<String, Set<ExperienceEntry>> shownIn = new HashMap<>();

  LessonUses(Eviction eviction) {
    this.ranking = new Ranking<>(eviction, Wording.DISPENSABLE_FIRST, w -> !w.lessons().isEmpty());
  }

  LessonUse of(String text) {
    Wording wording = byText.get(text);
    return wording == null ? NONE : wording.use();
  }

  /** How much a text of a lesson in the pool has helped; see {@link Wording#score()}. */
  double score(String text) {
    Wording wording = byText.get(text);
    return wording == null ? 0 : wording.score();
  }

  /** The lesson that makes room; only when there is one and usefulness decides. */
  LessonIndex.Entry leastUseful() {
    return ranking.first().oldest();
  }

  void add(ExperienceEntry experience) {
    for (String lesson : experience.lessons()) {
      shownIn.computeIfAbsent(lesson, id -> new HashSet<>(4)).add(experience);
    }
    count(experience, 1);
  }

  void remove(ExperienceEntry experience) {
    count(experience, -1);
    for (String lesson : experience.lessons()) {
      shownIn.computeIfPresent(
          lesson,
          (id, shown) -> {
            shown.remove(experience);
            return shown.isEmpty() ? null : shown;
          });
    }
  }

  void add(LessonIndex.Entry lesson) {
    Set<ExperienceEntry> shown = shownIn.getOrDefault(lesson.id(), Set.of());
    shown.forEach(e -> count(e, -1));
    Wording wording = byText.computeIfAbsent(lesson.text(), Wording::new);
    ranking.change(wording, () -> wording.lessons().add(lesson));
    wordings.put(lesson.id(), wording);
    shown.forEach(e -> count(e, 1));
  }

  void remove(LessonIndex.Entry lesson) {
    Set<ExperienceEntry> shown = shownIn.getOrDefault(lesson.id(), Set.of());
    shown.forEach(e -> count(e, -1));
    @Nullable Wording wording = wordings.remove(lesson.id());
    if (wording != null) {
      ranking.change(wording, () -> wording.lessons().remove(lesson));
      if (wording.lessons().isEmpty()) {
        byText.remove(wording.text());
      }
    }
    shown.forEach(e -> count(e, 1));
  }

  private void count(ExperienceEntry experience, int sign) {
    if (experience.lessons().isEmpty()) {
      return;
    }
    LessonUse use =
        new LessonUse(sign, experience.accepted() ? sign : 0, experience.better() ? sign : 0);
    Set<Wording> seen = new HashSet<>();
    for (String lesson : experience.lessons()) {
      Wording wording = wordings.get(lesson);
      if (wording != null && seen.add(wording)) {
        ranking.change(wording, () -> wording.count(use));
      }
    }
  }
}
