package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.LessonUse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each text of a lesson has served, kept up to date as experiences and lessons come and go. An
 * experience names lessons by id; it counts once for a text, however many of its lessons have that
 * text. The counts depend on what is in the pool only, not on the order in which it came, so they
 * are the same after a restart. Not thread-safe.
 */
public final class LessonUses {
  /** By id of the lesson. */
  private final Map<String, LessonText> byLesson = new HashMap<>();

  private final Map<String, LessonText> byText = new HashMap<>();

  /** All texts. */
  private final EvictionOrder<LessonText> ranking;

  /** Experiences by lesson. */
  private final Map<String, Set<ExperienceEntry>> shownIn = new HashMap<>();

  public LessonUses(Eviction eviction) {
    this.ranking =
        new EvictionOrder<>(eviction, LessonText.EVICTED_FIRST, t -> !t.lessons().isEmpty());
  }

  public LessonUse of(String text) {
    LessonText found = byText.get(text);
    return found == null ? LessonUse.NONE : found.use();
  }

  /** How much a text of a lesson in the pool has helped; see {@link LessonText#score()}. */
  double score(String text) {
    LessonText found = byText.get(text);
    return found == null ? 0 : found.score();
  }

  /** The lesson that is evicted next; only when there is one and usefulness decides. */
  public LessonEntry leastUseful() {
    return ranking.first().oldest();
  }

  public void add(ExperienceEntry experience) {
    for (String lesson : experience.lessons()) {
      shownIn.computeIfAbsent(lesson, id -> new HashSet<>(4)).add(experience);
    }
    count(experience, true);
  }

  public void remove(ExperienceEntry experience) {
    count(experience, false);
    for (String lesson : experience.lessons()) {
      shownIn.computeIfPresent(
          lesson,
          (id, shown) -> {
            shown.remove(experience);
            return shown.isEmpty() ? null : shown;
          });
    }
  }

  public void add(LessonEntry lesson) {
    Set<ExperienceEntry> shown = shownIn.getOrDefault(lesson.id(), Set.of());
    shown.forEach(e -> count(e, false));
    LessonText found = byText.computeIfAbsent(lesson.text(), LessonText::new);
    ranking.change(found, () -> found.lessons().add(lesson));
    byLesson.put(lesson.id(), found);
    shown.forEach(e -> count(e, true));
  }

  public void remove(LessonEntry lesson) {
    Set<ExperienceEntry> shown = shownIn.getOrDefault(lesson.id(), Set.of());
    shown.forEach(e -> count(e, false));
    @Nullable LessonText found = byLesson.remove(lesson.id());
    if (found != null) {
      ranking.change(found, () -> found.lessons().remove(lesson));
      if (found.lessons().isEmpty()) {
        byText.remove(found.text());
      }
    }
    shown.forEach(e -> count(e, true));
  }

  private void count(ExperienceEntry experience, boolean there) {
    if (experience.lessons().isEmpty()) {
      return;
    }
    LessonUse use = experience.use();
    Set<LessonText> seen = new HashSet<>();
    for (String lesson : experience.lessons()) {
      LessonText found = byLesson.get(lesson);
      if (found != null && seen.add(found)) {
        ranking.change(
            found,
            () -> {
              if (there) {
                found.add(use);
              } else {
                found.remove(use);
              }
            });
      }
    }
  }
}
