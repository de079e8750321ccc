package io.lanpo.dashboard.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.pool.chronicle.ChroniclePoolStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool in memory answers the same as a real one that was given the same. */
final class PoolSnapshotTest {
  @TempDir Path folder;

  @Test
  void tellsWhatTheRealPoolTells() {
    PoolSnapshot memory = new PoolSnapshot();
    try (ExperiencePool real = real()) {
      for (ExperiencePool pool : List.of(real, memory)) {
        fill(pool);
      }
      same(real, memory);
      same(real, PoolSnapshot.of(real));
      LessonUse use = memory.use("add first");
      assertEquals(List.of(3L, 2L, 1L), List.of(use.shown(), use.accepted(), use.better()));
    }
  }

  private static void same(ExperiencePool real, PoolSnapshot memory) {
    assertEquals(real.use("add first"), memory.use("add first"));
    assertEquals(real.questions(), memory.questions());
    assertEquals(real.lessons(), memory.lessons());
    assertEquals(real.experiences().toList(), memory.experiences().toList());
    for (Question question : real.questions()) {
      assertEquals(real.attempts(question.id()), memory.attempts(question.id()));
    }
    for (String wording : List.of("add first", "beware", "never written")) {
      assertEquals(real.use(wording), memory.use(wording), wording);
    }
    assertEquals(real.stats().perRun(), memory.stats().perRun());
  }

  private ExperiencePool real() {
    PoolStore store = new ChroniclePoolStore();
    return store.open(
        folder,
        Settings.of("test", store.settings(), Map.of("capacity", "1000", "lessons", "1000")));
  }

  private static void fill(ExperiencePool pool) {
    pool.add(List.of(trial("r/1/0/0", "a", 1, 0.5), trial("r/1/1/0", "b", 0, 0.5)));
    pool.addLessons(
        List.of(
            lesson("l1", "add first", "a"),
            lesson("l2", "beware", "b"),
            lesson("l3", "add first", "b")));
    pool.add(
        List.of(
            trial("r/2/0/0", "b", 1, 0.5, "l1"),
            trial("r/2/0/1", "b", 0, 0.5, "l1", "l2"),
            trial("r/2/1/0", "a", 1, 1, "l3", "l1"),
            trial("r/1/0/0", "a", 0, 0, "l2")));
  }

  private static Experience trial(
      String id, String problem, double reward, double baseline, String... lessons) {
    return new Experience(
        id,
        "r",
        Integer.parseInt(id.substring(2, 3)),
        1,
        new Question(problem, "what is " + problem),
        lessons.length == 0 ? FeedbackMode.SCRATCH : FeedbackMode.ABSTRACT,
        List.of(lessons),
        "answer",
        true,
        new Outcome(Outcome.Kind.SCORED, reward, reward == 1, baseline, "compared"));
  }

  private static StoredLesson lesson(String id, String text, String problem) {
    return new StoredLesson(
        new Lesson(id, Lesson.Kind.PRINCIPLE, text, new Question(problem, "what is " + problem)),
        "r",
        1);
  }
}
