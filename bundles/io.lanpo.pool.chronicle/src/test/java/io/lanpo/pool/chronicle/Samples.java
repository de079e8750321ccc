package io.lanpo.pool.chronicle;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Experiences, lessons and pools for the tests. */
final class Samples {
  private Samples() {}

  static Question question(String id) {
    return new Question(id, "How much is " + id + "?");
  }

  static Experience experience(String id, String run, int step, String question) {
    return experience(id, run, step, question, List.of(), 1, 0.5);
  }

  static Experience experience(
      String id,
      String run,
      int step,
      String question,
      List<String> lessons,
      double reward,
      double baseline) {
    return new Experience(
        id,
        run,
        step,
        Math.max(0, step - 1),
        question(question),
        lessons.isEmpty() ? FeedbackMode.SCRATCH : FeedbackMode.ABSTRACT,
        lessons,
        "attempt of " + id,
        true,
        new Outcome(Outcome.Kind.SCORED, reward, reward > 0.9, baseline, "because"));
  }

  /** The same trial with another end. */
  static Experience ended(Experience e, boolean finished, Outcome outcome) {
    return new Experience(
        e.id(),
        e.run(),
        e.step(),
        e.policyVersion(),
        e.question(),
        e.mode(),
        e.lessons(),
        e.attempt(),
        finished,
        outcome);
  }

  /** Text that hardly packs: letters by chance. */
  static String noise(long seed, int length) {
    return new Random(seed)
        .ints(length, 32, 127)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A trial with another text. */
  static Experience saying(Experience e, String attempt) {
    return new Experience(
        e.id(),
        e.run(),
        e.step(),
        e.policyVersion(),
        e.question(),
        e.mode(),
        e.lessons(),
        attempt,
        e.finished(),
        e.outcome());
  }

  static StoredLesson lesson(String id, String run, int step, String text) {
    return new StoredLesson(
        new Lesson(id, Lesson.Kind.PRINCIPLE, text, question("of-" + id)), run, step);
  }

  static ExperiencePool open(Path folder) {
    return open(folder, Map.of("capacity", "1000", "lessons", "1000"));
  }

  static ExperiencePool open(Path folder, Map<String, String> values) {
    ChroniclePoolStore store = new ChroniclePoolStore();
    return store.open(folder, Settings.of("test", store.settings(), values));
  }

  /** Where a text begins in a file. */
  static int find(Path file, String text) throws IOException {
    byte[] content = Files.readAllBytes(file);
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, content.length - sought.length)
        .filter(i -> Arrays.equals(content, i, i + sought.length, sought, 0, sought.length))
        .findFirst()
        .orElseThrow();
  }

  static List<String> ids(ExperiencePool pool) {
    return pool.experiences().map(Experience::id).toList();
  }
}
