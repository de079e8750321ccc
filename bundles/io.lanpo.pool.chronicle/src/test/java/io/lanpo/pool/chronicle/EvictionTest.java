package io.lanpo.pool.chronicle;

import static io.lanpo.pool.chronicle.Samples.experience;
import static io.lanpo.pool.chronicle.Samples.ids;
import static io.lanpo.pool.chronicle.Samples.lesson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who makes room, by example; {@link PoolModelTest} tries everything. */
class EvictionTest {
  @TempDir Path folder;

  private ExperiencePool open(int capacity, int lessons, int perProblem) {
    return Samples.open(
        folder,
        Map.of(
            "capacity",
            "" + capacity,
            "lessons",
            "" + lessons,
            "eviction",
            "least-useful",
            "per-problem",
            "" + perProblem));
  }

  private static Experience right(String id, String question) {
    return experience(id, "r", 1, question, List.of(), 1, 0.5);
  }

  private static Experience wrong(String id, String question) {
    return experience(id, "r", 1, question, List.of(), 0, 0.5);
  }

  @Test
  void whatCannotBeShownGoesFirstThenTheLikesOfOthersThenTheOldest() {
    try (ExperiencePool pool = open(6, 10, 0)) {
      pool.add(List.of(right("a1", "a"), wrong("a2", "a"), wrong("a3", "a"), wrong("b1", "b")));
      Experience unscored = wrong("b2", "b");
      pool.add(
          List.of(
              Samples.ended(unscored, true, new Outcome(Outcome.Kind.FAILED, 0, false, 0, "")),
              Samples.ended(right("c1", "c"), false, right("c1", "c").outcome())));
      pool.add(List.of(right("d1", "d")));
      assertEquals(List.of("a1", "a2", "a3", "b1", "c1", "d1"), ids(pool), "no verdict");
      pool.add(List.of(right("e1", "e")));
      assertEquals(List.of("a1", "a2", "a3", "b1", "d1", "e1"), ids(pool), "cut off");
      pool.add(List.of(right("f1", "f")));
      assertEquals(List.of("a1", "a3", "b1", "d1", "e1", "f1"), ids(pool), "one of two alike");
    }
    try (ExperiencePool pool = open(6, 10, 0)) {
      pool.add(List.of(right("g1", "g")));
      assertEquals(List.of("a3", "b1", "d1", "e1", "f1", "g1"), ids(pool), "the oldest");
    }
  }

  @Test
  void aLessonTriedInVainGoesFirstThenAnUntriedOneThenTheOneThatHelped() {
    try (ExperiencePool pool = open(100, 3, 0)) {
      pool.addLessons(
          List.of(
              lesson("helped", "r", 1, "A"),
              lesson("untried", "r", 1, "B"),
              lesson("in-vain", "r", 1, "C")));
      pool.add(
          List.of(
              experience("1", "r", 2, "q", List.of("helped"), 1, 0.5),
              experience("2", "r", 2, "q", List.of("in-vain"), 1, 1)));
      pool.addLessons(List.of(lesson("new", "r", 2, "D")));
      assertEquals(List.of("helped", "untried", "new"), lessonIds(pool));
    }
    try (ExperiencePool pool = open(100, 3, 0)) {
      pool.addLessons(List.of(lesson("newer", "r", 2, "E")));
      assertEquals(List.of("helped", "new", "newer"), lessonIds(pool));
      pool.addLessons(List.of(lesson("newest", "r", 2, "A")));
      assertEquals(List.of("helped", "newer", "newest"), lessonIds(pool));
      pool.addLessons(List.of(lesson("last", "r", 2, "F"), lesson("very-last", "r", 2, "G")));
      assertEquals(List.of("helped", "newest", "very-last"), lessonIds(pool));
    }
  }

  private static List<String> lessonIds(ExperiencePool pool) {
    return pool.lessons().stream().map(l -> l.lesson().id()).toList();
  }

  @Test
  void noProblemKeepsMoreThanItsCap() {
    try (ExperiencePool pool = open(100, 100, 0)) {
      pool.add(IntStream.range(0, 20).mapToObj(i -> wrong("e" + i, "q" + i % 2)).toList());
      pool.addLessons(
          IntStream.range(0, 9).mapToObj(i -> from("l" + i, i < 6 ? "q0" : "q1")).toList());
    }
    try (ExperiencePool pool = open(100, 100, 4)) {
      assertEquals(20, ids(pool).size(), "lowered, but nothing is added yet");
      pool.add(List.of(right("e20", "q0")));
      assertEquals(14, ids(pool).size(), "of the other problem none go");
      pool.add(List.of(wrong("e21", "q1")));
      pool.addLessons(List.of(from("l9", "q0")));
      assertEquals(List.of("e14", "e15", "e16", "e17", "e18", "e19", "e20", "e21"), ids(pool));
      assertEquals(List.of("l3", "l4", "l5", "l6", "l7", "l8", "l9"), lessonIds(pool));
    }
  }

  private static StoredLesson from(String id, String question) {
    return new StoredLesson(
        new Lesson(id, Lesson.Kind.PRINCIPLE, "text of " + id, Samples.question(question)), "r", 1);
  }

  private static Experience noisy(int i) {
    return Samples.saying(WriterProcess.numbered(i), Samples.noise(i, i * 31 % 9000));
  }

  /**
   * Ten times the capacity, sizes from a line to a page: a step must never fail for want of room.
   */
  @Test
  @Tag("full")
  void aFullPoolTakesWhateverComes() {
    for (String eviction : List.of("oldest", "least-useful")) {
      Map<String, String> small =
          Map.of("capacity", "2000", "lessons", "50", "entry-bytes", "64", "eviction", eviction);
      try (ExperiencePool pool = Samples.open(folder.resolve(eviction), small)) {
        for (int batch = 0; batch < 200; batch++) {
          int from = batch * 100;
          pool.add(IntStream.range(from, from + 100).mapToObj(EvictionTest::noisy).toList());
          pool.addLessons(List.of(lesson("l" + batch, "r", batch, "text " + batch % 70)));
        }
        assertEquals(50, pool.lessons().size());
        List<String> ids = ids(pool);
        assertTrue(
            ids.size() > 500 && ids.size() < 1900,
            () ->
                eviction
                    + ids.size()
                    + " kept "
                    + pool.experiences().mapToLong(e -> e.attempt().length()).sum());
        assertEquals("e19999", ids.get(ids.size() - 1));
      }
    }
  }

  /** Else the log would grow for as long as a full pool is added to. */
  @Test
  void whatHasMadeRoomGoesFromTheDiskToo() throws Exception {
    Map<String, String> settings = Map.of("capacity", "5", "entry-bytes", "64", "lessons", "5");
    List<Experience> last;
    try (ExperiencePool pool = Samples.open(folder, settings)) {
      long most = 0;
      for (int i = 0; i < 60; i++) {
        String text = Samples.noise(i, 300_000);
        pool.add(List.of(Samples.saying(experience("e" + i, "r", i, "q"), text)));
        most = Math.max(most, pool.stats().bytes());
      }
      long bound = 4 * (4L << 20) + (9L << 20);
      assertTrue(most > 12 << 20 && most < bound, most + " bytes");
      last = pool.experiences().toList();
      assertEquals(List.of("e55", "e56", "e57", "e58", "e59"), ids(pool));
      assertEquals(Samples.noise(57, 300_000), last.get(2).attempt());
    }
    assertTrue(Files.notExists(folder.resolve("data-1")));
    try (ExperiencePool pool = Samples.open(folder, settings)) {
      assertEquals(last, pool.experiences().toList());
    }
    assertEquals(List.of(), new ChroniclePoolStore().check(folder).problems());
  }
}
