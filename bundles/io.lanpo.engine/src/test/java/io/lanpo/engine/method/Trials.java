package io.lanpo.engine.method;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.pool.chronicle.ChroniclePoolStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Trials and lessons for tests, in a real pool. */
final class Trials {
  private Trials() {}

  static ExperiencePool pool(Path folder) {
    ChroniclePoolStore store = new ChroniclePoolStore();
    return store.open(
        folder,
        Settings.of("test", store.settings(), Map.of("capacity", "1000", "lessons", "1000")));
  }

  static Question question(int number) {
    return new Question("p" + number, "apply op%d to %d .".formatted(number % 3, number));
  }

  static Experience plain(String id, Question question, String attempt, double reward) {
    return new Experience(
        id,
        "run",
        1,
        0,
        question,
        FeedbackMode.SCRATCH,
        List.of(),
        attempt,
        true,
        new Outcome(Outcome.Kind.SCORED, reward, 0.5, "answer " + reward));
  }

  static Experience shown(String id, Question question, String lesson, double reward) {
    return new Experience(
        id,
        "run",
        1,
        0,
        question,
        FeedbackMode.ABSTRACT,
        List.of(lesson),
        "solution",
        true,
        new Outcome(Outcome.Kind.SCORED, reward, 0.5, "because"));
  }

  static StoredLesson lesson(String id, Lesson.Kind kind, String text, Question source) {
    return new StoredLesson(new Lesson(id, kind, text, source), "run", 1);
  }
}
