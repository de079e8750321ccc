package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.LessonUse;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How each wording has served, kept up to date as experiences and lessons come and go. An
 * experience names lessons by id; it counts once for a wording, however many of its lessons have
 * that wording. The counts depend on what is in the pool only, not on the order in which it came,
 * so they are the same after a restart. Not thread-safe.
 */
final class LessonUses {
  private static final LessonUse NONE = new LessonUse(0, 0, 0);

  private final Map<String, String> wordings = new HashMap<>();

  /** Experiences by lesson, in turn by sequence number. */
  private final Map<String, Map<Long, ExperienceIndex.Entry>> shownIn = new HashMap<>();

  private final Map<String, LessonUse> uses = new HashMap<>();

  LessonUse of(String wording) {
    return uses.getOrDefault(wording, NONE);
  }

  void add(ExperienceIndex.Entry experience) {
    for (String lesson : experience.lessons()) {
      shownIn.computeIfAbsent(lesson, id -> new HashMap<>()).put(experience.number(), experience);
    }
    count(experience, 1);
  }

  void remove(ExperienceIndex.Entry experience) {
    count(experience, -1);
    for (String lesson : experience.lessons()) {
      shownIn.computeIfPresent(
          lesson,
          (id, shown) -> {
            shown.remove(experience.number());
            return shown.isEmpty() ? null : shown;
          });
    }
  }

  void add(LessonIndex.Entry lesson) {
    recounted(lesson.id(), () -> wordings.put(lesson.id(), lesson.text()));
  }

  void remove(LessonIndex.Entry lesson) {
    recounted(lesson.id(), () -> wordings.remove(lesson.id()));
  }

  private void recounted(String lesson, Runnable change) {
    Collection<ExperienceIndex.Entry> shown = shownIn.getOrDefault(lesson, Map.of()).values();
    shown.forEach(e -> count(e, -1));
    change.run();
    shown.forEach(e -> count(e, 1));
  }

  private void count(ExperienceIndex.Entry experience, int sign) {
    Set<String> seen = new HashSet<>();
    for (String lesson : experience.lessons()) {
      String wording = wordings.get(lesson);
      if (wording != null && seen.add(wording)) {
        uses.merge(wording, use(experience, sign), LessonUses::sum);
        uses.remove(wording, NONE);
      }
    }
  }

  private static LessonUse use(ExperienceIndex.Entry experience, int sign) {
    return new LessonUse(sign, experience.rewarded() ? sign : 0, experience.better() ? sign : 0);
  }

  private static LessonUse sum(LessonUse a, LessonUse b) {
    return new LessonUse(
        a.shown() + b.shown(), a.rewarded() + b.rewarded(), a.better() + b.better());
  }
}
