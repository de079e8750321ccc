package io.lanpo.shell.command.pool;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.pool.chronicle.ChroniclePoolStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Pools on disk with entries that are hard to write down. */
final class ChroniclePools {
  static final PoolStore STORE = new ChroniclePoolStore();

  private static final String ODD =
      "line\nline\t\"quoted\" \\ \u001b[31m \u2028 é 中 \ud83d\ude00 </b>";

  private ChroniclePools() {}

  static void use(Path folder, Consumer<ExperiencePool> work) {
    Settings settings =
        Settings.of("test", STORE.settings(), Map.of("capacity", "1000", "lessons", "1000"));
    try (ExperiencePool pool = STORE.open(folder, settings)) {
      work.accept(pool);
    }
  }

  /** Three trials at two problems and a lesson, with every mode and every verdict. */
  static void fill(Path folder) {
    use(
        folder,
        pool -> {
          pool.add(
              List.of(
                  trial("r/1/0/0", FeedbackMode.SCRATCH, Outcome.Kind.SCORED, 1, ODD),
                  trial("r/1/0/1", FeedbackMode.REFLECT, Outcome.Kind.ABSTAINED, 0, ""),
                  trial("r/1/1/0", FeedbackMode.ABSTRACT, Outcome.Kind.FAILED, 0, "answer 8")));
          pool.addLessons(List.of(lesson("r/1/lesson/0", "add the " + ODD)));
        });
  }

  static Experience trial(
      String id, FeedbackMode mode, Outcome.Kind verdict, double reward, String attempt) {
    return new Experience(
        id,
        "r",
        1,
        7,
        new Question("q" + id.charAt(4), "how far " + ODD),
        mode,
        mode == FeedbackMode.ABSTRACT ? List.of("r/0/lesson/3", "r/1/lesson/0") : List.of(),
        attempt,
        !attempt.isEmpty(),
        new Outcome(verdict, reward, reward == 1, 1 / 3.0, "because " + ODD));
  }

  static StoredLesson lesson(String id, String text) {
    return new StoredLesson(
        new Lesson(id, Lesson.Kind.PITFALL, text, new Question("q0", "how far " + ODD)), "r", 1);
  }
}
