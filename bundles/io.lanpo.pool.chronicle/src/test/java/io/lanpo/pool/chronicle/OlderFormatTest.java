package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pools that older programs wrote. {@code pool-1.zip} was made by the last program of format
 * version 1: 23 experiences into a pool for 20, 6 lessons into one for 5.
 */
class OlderFormatTest {
  private static final Map<String, String> SAME =
      Map.of("capacity", "20", "lessons", "5", "entry-bytes", "512");

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(OlderFormatTest.class.getResourceAsStream("pool-1.zip"));
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path file = folder.resolve(e.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  private static Experience experience(int i) {
    FeedbackMode mode = FeedbackMode.values()[i % 3];
    return new Experience(
        "e" + i,
        "run-" + i / 15,
        i,
        i * 10L,
        new Question("q" + i % 7, "Frage " + i % 7 + "?"),
        mode,
        mode == FeedbackMode.ABSTRACT ? List.of("l" + i % 6, "l" + (i + 1) % 6) : List.of(),
        "é attempt ".repeat(1 + i * 7),
        i % 5 != 0,
        new Outcome(
            i % 4 == 3 ? Outcome.Kind.ABSTAINED : Outcome.Kind.SCORED, i % 2, 0.5, "because " + i));
  }

  private static StoredLesson lesson(int i) {
    return new StoredLesson(
        new Lesson(
            "l" + i,
            i % 2 == 0 ? Lesson.Kind.PRINCIPLE : Lesson.Kind.PITFALL,
            "lesson " + i / 2,
            new Question("q" + i, "Frage " + i + "?")),
        "run-1",
        i);
  }

  private static void assertAllThere(ExperiencePool pool) {
    assertEquals(
        IntStream.range(3, 23).mapToObj(OlderFormatTest::experience).toList(),
        pool.experiences().toList());
    assertEquals(IntStream.range(1, 6).mapToObj(OlderFormatTest::lesson).toList(), pool.lessons());
  }

  @Test
  void aPoolOfVersionOneOpensAndIsOfTodaysVersionThen() throws Exception {
    for (int opening = 0; opening < 2; opening++) {
      try (ExperiencePool pool = Samples.open(folder, SAME)) {
        assertAllThere(pool);
      }
      assertFalse(Files.exists(folder.resolve("data-1")));
      Path format = folder.resolve("data-2").resolve("format.properties");
      assertTrue(Files.readString(format).startsWith("version=2"), "renewed once, not again");
    }
    try (ExperiencePool pool = Samples.open(folder, SAME)) {
      pool.add(List.of(experience(23)));
      assertEquals(20, pool.stats().experiences());
    }
  }

  @Test
  void aPoolOfVersionOneThatACrashLeftIsRecovered() throws Exception {
    Files.writeString(folder.resolve("open"), "1\n");
    try (ExperiencePool pool = Samples.open(folder, SAME)) {
      assertAllThere(pool);
    }
  }

  @Test
  void aRenewalThatWasKilledIsDoneAgain() throws Exception {
    Files.createDirectories(folder.resolve("building"));
    Files.writeString(folder.resolve("building").resolve("experiences.map"), "half");
    Files.writeString(folder.resolve("open"), "1\n");
    try (ExperiencePool pool = Samples.open(folder, SAME)) {
      assertAllThere(pool);
    }
  }

  @Test
  void aPoolOfVersionOneIsCheckedAndStaysOfVersionOne() throws Exception {
    assertEquals(List.of(), new ChroniclePoolStore().check(folder).problems());
    assertEquals(20, new ChroniclePoolStore().check(folder).experiences());
    Path format = folder.resolve("data-1").resolve("format.properties");
    assertTrue(Files.readString(format).startsWith("version=1"));
  }
}
