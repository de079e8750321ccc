package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.RunLog;
import io.lanpo.api.train.RunState;
import io.lanpo.pool.chronicle.ChroniclePoolStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back from the logs of a run; a whole run is compared in the integration tests. */
class FolderRunLogTest {
  private static final String ROLLOUT =
      "{\"step\":%d,\"group\":0,\"completion\":%d,\"policyVersion\":4,\"problem\":\"p\",\"question\":\"how \\u001b far\","
          + "\"mode\":\"abstract\",\"fellBack\":false,\"lessons\":[\"l\"],\"prompt\":\"?\",\"text\":\"so 8 end\","
          + "\"solution\":\"so 8\",\"tokens\":3,\"finished\":true,\"verdict\":\"scored\",\"reward\":1.0,\"accepted\":true,"
          + "\"explanation\":\"8 is 8\",\"baseline\":0.3333333333333333,\"advantage\":0.5}\n";
  private static final String LESSON =
      "{\"step\":%d,\"lesson\":\"run-1/%d/lesson/0\",\"kind\":\"pitfall\",\"problem\":\"p\",\"question\":\"how far\",\"text\":\"do not\"}\n";

  @TempDir Path home;
  private Path folder;

  @BeforeEach
  void aRun() throws Exception {
    folder = Files.createDirectory(home.resolve("elsewhere"));
    new RunFolder(folder)
        .write(
            new RunRecord(
                RunRecord.FORMAT,
                "run-1",
                "micro",
                Map.of(),
                Map.of("pool", "chronicle"),
                Map.of(),
                Map.of(),
                Map.of(),
                RunState.FINISHED,
                2,
                2,
                1,
                0,
                "2026-01-01T00:00:00Z",
                ""));
    write(
        "rollouts.jsonl",
        ROLLOUT.formatted(1, 0) + ROLLOUT.formatted(1, 1) + ROLLOUT.formatted(2, 0));
    write("lessons.jsonl", LESSON.formatted(1, 1) + LESSON.formatted(2, 2));
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  private RunLog.Replayed replay(int capacity, Consumer<ExperiencePool> look) {
    ChroniclePoolStore store = new ChroniclePoolStore();
    Settings settings =
        Settings.of(
            "test",
            store.settings(),
            Map.of("capacity", Integer.toString(capacity), "lessons", "10"));
    try (ExperiencePool pool = store.open(home.resolve("pool"), settings)) {
      RunLog.Replayed replayed = new RunLogReader().open(folder).replay(pool);
      look.accept(pool);
      return replayed;
    }
  }

  @Test
  void everyFieldComesBack() {
    RunLog log = new RunLogReader().open(folder.resolve("rollouts.jsonl"));
    assertEquals("run-1", log.run());
    assertEquals(Map.of("pool", "chronicle"), log.settings());
    RunLog.Replayed replayed =
        replay(
            10,
            pool -> {
              assertEquals(
                  List.of("run-1/1/0/0", "run-1/1/0/1", "run-1/2/0/0"),
                  pool.experiences().map(Experience::id).toList());
              assertEquals(
                  new Experience(
                      "run-1/2/0/0",
                      "run-1",
                      2,
                      4,
                      new Question("p", "how \u001b far"),
                      FeedbackMode.ABSTRACT,
                      List.of("l"),
                      "so 8",
                      true,
                      new Outcome(Outcome.Kind.SCORED, 1, true, 1 / 3.0, "8 is 8")),
                  pool.experience("run-1/2/0/0").orElseThrow());
              Lesson lesson =
                  new Lesson(
                      "run-1/1/lesson/0",
                      Lesson.Kind.PITFALL,
                      "do not",
                      new Question("p", "how far"));
              assertEquals(new StoredLesson(lesson, "run-1", 1), pool.lessons().get(0));
              assertEquals(2, pool.lessons().size());
            });
    assertEquals(new RunLog.Replayed(3, 2, List.of()), replayed);
  }

  @Test
  void aSmallPoolKeepsTheNewestAsItDidInTheRun() {
    replay(
        2,
        pool ->
            assertEquals(
                List.of("run-1/1/0/1", "run-1/2/0/0"),
                pool.experiences().map(Experience::id).toList()));
  }

  @Test
  void aLineThatBreaksOffAtTheEndIsLeftOutAndTold() throws Exception {
    String whole = ROLLOUT.formatted(1, 0);
    write("rollouts.jsonl", whole + whole.substring(0, 50));
    RunLog.Replayed replayed = replay(10, pool -> {});
    assertEquals(1, replayed.experiences());
    assertEquals(2, replayed.lessons());
    assertTrue(replayed.gaps().get(0).contains("breaks off in its last line"), replayed.toString());
  }

  @Test
  void missingLessonsAreReported() throws Exception {
    Files.delete(folder.resolve("lessons.jsonl"));
    RunLog.Replayed replayed = replay(10, pool -> {});
    assertEquals(1, replayed.gaps().size(), replayed.toString());
    assertTrue(replayed.gaps().get(0).contains("lessons.jsonl is missing"), replayed.toString());
  }

  /** What the pool needs is on every line; nothing is guessed. */
  @Test
  void aLineWithoutTheDecisionOfTheVerifierIsNamed() throws Exception {
    write("rollouts.jsonl", ROLLOUT.formatted(1, 0).replace("\"accepted\":true,", ""));
    UserException e = assertThrows(UserException.class, () -> replay(10, pool -> {}));
    assertTrue(e.getMessage().contains("line 1 cannot be read: the key accepted"), e.getMessage());
  }

  @Test
  void aBadLineIsNamed() throws Exception {
    write(
        "rollouts.jsonl",
        ROLLOUT.formatted(1, 0) + ROLLOUT.formatted(1, 1).replace("\"abstract\"", "\"x\""));
    UserException mode = assertThrows(UserException.class, () -> replay(10, pool -> {}));
    assertTrue(
        String.valueOf(mode.getMessage())
            .contains("rollouts.jsonl, line 2 cannot be read: mode = x"),
        mode.getMessage());
    write("rollouts.jsonl", "{\"step\":1\n" + ROLLOUT.formatted(1, 1));
    UserException json = assertThrows(UserException.class, () -> replay(10, pool -> {}));
    assertTrue(String.valueOf(json.getMessage()).contains("line 1 cannot be read"));
  }

  @Test
  void whatIsNoRunIsASentence() throws Exception {
    RunLogReader reader = new RunLogReader();
    UserException none = assertThrows(UserException.class, () -> reader.open(home));
    assertTrue(String.valueOf(none.getMessage()).contains("is not a run folder"));
    Files.delete(folder.resolve("rollouts.jsonl"));
    UserException without = assertThrows(UserException.class, () -> reader.open(folder));
    assertTrue(String.valueOf(without.getMessage()).contains("has no rollouts.jsonl"));
  }
}
