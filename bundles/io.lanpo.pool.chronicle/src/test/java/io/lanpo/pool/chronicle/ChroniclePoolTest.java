package io.lanpo.pool.chronicle;

import static io.lanpo.pool.chronicle.Samples.experience;
import static io.lanpo.pool.chronicle.Samples.ids;
import static io.lanpo.pool.chronicle.Samples.lesson;
import static io.lanpo.pool.chronicle.Samples.open;
import static io.lanpo.pool.chronicle.Samples.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link ExperiencePool}. */
class ChroniclePoolTest {
  @TempDir Path folder;

  private static final Experience EVERYTHING =
      new Experience(
          "x",
          "run-ü",
          7,
          Long.MAX_VALUE,
          new Question("q", "¿2+2? 𝟚"),
          FeedbackMode.ABSTRACT,
          List.of("a", "b", "a"),
          "line\nline\t",
          false,
          new Outcome(Outcome.Kind.ABSTAINED, -0.25, false, 1e-300, "no\u0000verdict"));

  @Test
  void keepsEveryFieldAcrossReopening() {
    StoredLesson stored =
        new StoredLesson(
            new Lesson("l", Lesson.Kind.PITFALL, "Mind the – sign", new Question("p", "text")),
            "r",
            3);
    try (ExperiencePool pool = open(folder)) {
      pool.add(List.of(EVERYTHING));
      pool.addLessons(List.of(stored));
      assertEquals(Optional.of(EVERYTHING), pool.experience("x"));
    }
    try (ExperiencePool pool = open(folder)) {
      assertEquals(Optional.of(EVERYTHING), pool.experience("x"));
      assertEquals(List.of(stored), pool.lessons());
    }
  }

  @Test
  void keepsTheOrderOfAdding() {
    List<String> names = List.of("z", "m", "a", "k", "b");
    try (ExperiencePool pool = open(folder)) {
      names.forEach(n -> pool.add(List.of(experience(n, "r", 1, n.equals("k") ? "q1" : "q2"))));
      pool.addLessons(List.of(lesson("l2", "r", 1, "t"), lesson("l1", "r", 1, "t")));
    }
    try (ExperiencePool pool = open(folder)) {
      pool.add(List.of(experience("c", "r", 2, "q0")));
      assertEquals(List.of("z", "m", "a", "k", "b", "c"), ids(pool));
      assertEquals(
          List.of("z", "m", "a", "b"), pool.attempts("q2").stream().map(Experience::id).toList());
      assertEquals(List.of(question("q2"), question("q1"), question("q0")), pool.questions());
      assertEquals(List.of("l2", "l1"), pool.lessons().stream().map(l -> l.lesson().id()).toList());
    }
  }

  @Test
  void leavesADuplicateIdAsItWas() {
    try (ExperiencePool pool = open(folder)) {
      Experience first = experience("same", "r", 1, "q");
      pool.add(List.of(first, experience("same", "r", 2, "other")));
      pool.add(List.of(experience("same", "r", 3, "other")));
      assertEquals(List.of(first), pool.experiences().toList());
      assertEquals(List.of(question("q")), pool.questions());

      StoredLesson lesson = lesson("l", "r", 1, "first");
      pool.addLessons(List.of(lesson, lesson("l", "r", 1, "second")));
      pool.addLessons(List.of(lesson("l", "r", 1, "third")));
      assertEquals(List.of(lesson), pool.lessons());
    }
  }

  @Test
  void knowsNothingOfWhatIsNotThere() {
    try (ExperiencePool pool = open(folder)) {
      assertEquals(Optional.empty(), pool.experience("x"));
      assertEquals(List.of(), pool.attempts("q"));
      assertEquals(LessonUse.NONE, pool.use("t"));
      assertEquals(List.of(), pool.questions());
      pool.rollback("r", 0);
      PoolStats stats = pool.stats();
      assertEquals(0, stats.experiences() + stats.lessons() + stats.problems());
      assertEquals(1000, stats.capacity());
      assertTrue(stats.bytes() > 1000, stats::toString);
    }
  }

  @Test
  void countsHowAWordingServed() {
    try (ExperiencePool pool = open(folder)) {
      pool.addLessons(
          List.of(lesson("a1", "r", 1, "A"), lesson("a2", "r", 1, "A"), lesson("b", "r", 1, "B")));
      pool.add(
          List.of(
              experience("1", "r", 2, "q", List.of("a1"), 1, 0.5), // accepted, better
              experience("2", "r", 2, "q", List.of("a1", "a2", "b"), 0.95, 0.97), // accepted
              experience("3", "r", 2, "q", List.of("a2"), 0.5, 0.4), // better
              experience("4", "r", 2, "q", List.of("b"), 0, 0),
              experience("5", "r", 2, "q", List.of("unknown"), 1, 0),
              experience("6", "r", 2, "q")));
      Experience failed = experience("7", "r", 2, "q", List.of("b"), 0, -1);
      pool.add(
          List.of(
              new Experience(
                  "7",
                  "r",
                  2,
                  1,
                  failed.question(),
                  failed.mode(),
                  failed.lessons(),
                  "",
                  true,
                  new Outcome(Outcome.Kind.FAILED, 0, false, -1, ""))));
    }
    try (ExperiencePool pool = open(folder)) {
      assertEquals(new LessonUse(3, 2, 2, 600_000, 20_000), pool.use("A"));
      assertEquals(new LessonUse(3, 1, 0, 0, 20_000), pool.use("B"));
      pool.addLessons(List.of(lesson("unknown", "r", 3, "B")));
      assertEquals(new LessonUse(4, 2, 1, 1_000_000, 20_000), pool.use("B"));
    }
  }

  /** The first lines of two files that are named alike have one id. */
  @Test
  void problemsAreToldApartByWhatTheySay() {
    Question first = new Question("train.jsonl:1", "What is 2 + 2?");
    Question second = new Question("train.jsonl:1", "What is 3 + 3?");
    Question again = new Question("copy.jsonl:7", "What is 2 + 2?");
    try (ExperiencePool pool = open(folder, Map.of("per-problem", "2"))) {
      pool.add(List.of(at("1", first), at("2", second), at("3", again)));
      assertEquals(List.of(first, second), pool.questions());
    }
    try (ExperiencePool pool = open(folder, Map.of("per-problem", "2"))) {
      assertEquals(List.of(at("1", first), at("3", again)), pool.attempts(first));
      assertEquals(pool.attempts(first), pool.attempts(again));
      assertEquals(List.of(at("2", second)), pool.attempts(second));
      assertEquals(List.of(at("1", first), at("2", second)), pool.attempts("train.jsonl:1"));
      assertEquals(2, pool.stats().problems());
      pool.add(List.of(at("4", first), at("5", second)));
      assertEquals(
          List.of(at("3", again), at("4", first)), pool.attempts(first), "room is made by problem");
      pool.add(List.of(at("6", again), at("7", again)));
      assertEquals(List.of(at("2", second), at("5", second)), pool.attempts("train.jsonl:1"));
      pool.rollback("r", 0);
      assertEquals(List.of(), pool.attempts("train.jsonl:1"));
      assertEquals(List.of(), pool.questions());
    }
  }

  private static Experience at(String id, Question question) {
    Experience e = experience(id, "r", 1, "any");
    return new Experience(
        id,
        e.run(),
        e.step(),
        e.policyVersion(),
        question,
        e.mode(),
        e.lessons(),
        e.attempt(),
        e.finished(),
        e.outcome());
  }

  @Test
  void evictsTheOldestAtCapacity() {
    Map<String, String> small = Map.of("capacity", "10", "lessons", "3");
    try (ExperiencePool pool = open(folder, small)) {
      pool.addLessons(
          IntStream.range(0, 5).mapToObj(i -> lesson("l" + i, "r", 1, "t" + i)).toList());
      pool.add(
          IntStream.range(0, 25)
              .mapToObj(i -> experience("e" + i, i < 20 ? "r1" : "r2", i, "q" + i % 12))
              .toList());
      assertEquals(IntStream.range(15, 25).mapToObj(i -> "e" + i).toList(), ids(pool));
      assertEquals(Optional.empty(), pool.experience("e14"));
      assertEquals(
          List.of("l2", "l3", "l4"), pool.lessons().stream().map(l -> l.lesson().id()).toList());
      assertEquals(10, pool.questions().size());
      assertEquals(question("q3"), pool.questions().get(0));
      assertEquals(List.of(), pool.attempts("q2"));
      PoolStats stats = pool.stats();
      assertEquals(Map.of("r1", 5L, "r2", 5L), stats.perRun());
      assertEquals(
          List.of(10L, 3L, 10L, 10L),
          List.of(stats.experiences(), stats.lessons(), stats.problems(), stats.capacity()));
    }
    try (ExperiencePool pool = open(folder, small)) {
      assertEquals(IntStream.range(15, 25).mapToObj(i -> "e" + i).toList(), ids(pool));
    }
  }

  @Test
  void largeEntriesMakeRoomSooner() {
    // 4 MB is the least that is laid out; 30 texts of 250 KB, packed, are almost twice that.
    try (ExperiencePool pool = open(folder, Map.of("capacity", "100", "entry-bytes", "64"))) {
      for (int i = 0; i < 30; i++) {
        String text = Samples.noise(i, 300_000 + i);
        pool.add(List.of(Samples.saying(experience("e" + i, "r", i, "q"), text)));
      }
      List<Experience> kept = pool.attempts("q");
      assertTrue(kept.size() >= 12 && kept.size() <= 17, () -> kept.size() + " kept");
      assertEquals(
          IntStream.range(30 - kept.size(), 30).mapToObj(i -> "e" + i).toList(), ids(pool));
      assertTrue(
          kept.stream()
              .allMatch(e -> e.attempt().equals(Samples.noise(e.step(), 300_000 + e.step()))),
          "whole texts");
    }
  }

  @Test
  void anEntryLargerThanThePoolIsRefusedAndNothingIsLost() {
    try (ExperiencePool pool = open(folder, Map.of("capacity", "100"))) {
      pool.add(List.of(experience("small", "r", 1, "q")));
      Experience huge = Samples.saying(experience("huge", "r", 1, "q"), Samples.noise(1, 6 << 20));
      UserException e = assertThrows(UserException.class, () -> pool.add(List.of(huge)));
      assertTrue(e.nextStep().contains("pool.entry-bytes"), e::nextStep);
      assertEquals(List.of("small"), ids(pool));
    }
  }

  @Test
  void rollsARunBackToAStep() {
    try (ExperiencePool pool = open(folder)) {
      pool.addLessons(
          List.of(
              lesson("l1", "r1", 1, "A"), lesson("l2", "r1", 2, "A"), lesson("l3", "r2", 9, "A")));
      pool.add(
          List.of(
              experience("a", "r1", 1, "q1"),
              experience("b", "r2", 9, "q2", List.of("l1"), 1, 0),
              experience("c", "r1", 2, "q3", List.of("l1"), 1, 0),
              experience("d", "r1", 3, "q1", List.of("l2"), 1, 0)));
      pool.rollback("r1", 1);
      assertEquals(List.of("a", "b"), ids(pool));
      assertEquals(List.of("l1", "l3"), pool.lessons().stream().map(l -> l.lesson().id()).toList());
      assertEquals(new LessonUse(1, 1, 1, 1_000_000, 0), pool.use("A"));
      assertEquals(List.of(question("q1"), question("q2")), pool.questions());
      assertEquals(Map.of("r1", 1L, "r2", 1L), pool.stats().perRun());
      pool.add(List.of(experience("c", "r1", 2, "q4")));
    }
    try (ExperiencePool pool = open(folder)) {
      assertEquals(List.of("a", "b", "c"), ids(pool));
      assertEquals(2, pool.lessons().size());
    }
  }

  @Test
  void aLargerCapacityTakesTheEntriesAlong() {
    try (ExperiencePool pool = open(folder, Map.of("capacity", "10", "lessons", "5"))) {
      pool.add(IntStream.range(0, 10).mapToObj(i -> experience("e" + i, "r", 1, "q")).toList());
      pool.addLessons(List.of(lesson("l", "r", 1, "t")));
    }
    Map<String, String> large = Map.of("capacity", "50000", "lessons", "5");
    try (ExperiencePool pool = open(folder, large)) {
      assertEquals(10, ids(pool).size());
      assertEquals(1, pool.lessons().size());
      pool.add(IntStream.range(10, 100).mapToObj(i -> experience("e" + i, "r", 1, "q")).toList());
      assertEquals(100, ids(pool).size());
    }
  }

  @Test
  void aPoolThatHoldsMoreThanItsLimitsKeepsItUntilSomethingIsAdded() {
    try (ExperiencePool pool = open(folder, Map.of("capacity", "100", "lessons", "50"))) {
      pool.add(IntStream.range(0, 100).mapToObj(i -> experience("e" + i, "r", 1, "q")).toList());
      pool.addLessons(
          IntStream.range(0, 50).mapToObj(i -> lesson("l" + i, "r", 1, "t" + i)).toList());
    }
    Map<String, String> small = Map.of("capacity", "20", "lessons", "5", "per-problem", "3");
    for (int opening = 0; opening < 2; opening++) {
      try (ExperiencePool pool = open(folder, small)) {
        assertEquals(100, ids(pool).size());
        assertEquals(100, pool.attempts("q").size());
        assertEquals(50, pool.lessons().size());
        assertEquals(100, pool.stats().experiences());
        pool.add(List.of(experience("e5", "r", 1, "q")));
        pool.addLessons(List.of(lesson("l5", "r", 1, "t5")));
        assertEquals(100, ids(pool).size(), "nothing new");
      }
    }
    try (ExperiencePool pool = open(folder, Map.of("capacity", "20", "lessons", "5"))) {
      pool.add(List.of(experience("e100", "r", 1, "q")));
      assertEquals(IntStream.range(81, 101).mapToObj(i -> "e" + i).toList(), ids(pool));
      assertEquals(50, pool.lessons().size(), "lessons make room for lessons only");
      pool.addLessons(List.of(lesson("l50", "r", 1, "t50")));
      assertEquals(
          IntStream.range(46, 51).mapToObj(i -> "l" + i).toList(),
          pool.lessons().stream().map(l -> l.lesson().id()).toList());
    }
  }

  @Test
  void aStreamLeavesOutWhatIsEvictedMeanwhile() {
    try (ExperiencePool pool = open(folder, Map.of("capacity", "3"))) {
      pool.add(IntStream.range(0, 3).mapToObj(i -> experience("e" + i, "r", 1, "q")).toList());
      Stream<Experience> stream = pool.experiences();
      pool.add(List.of(experience("e3", "r", 1, "q")));
      assertEquals(List.of("e1", "e2"), stream.map(Experience::id).toList());
    }
  }

  @Test
  void severalThreadsAddAndReadAtATime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ExperiencePool pool = open(folder)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String run = "r" + t;
        work.add(
            () -> {
              for (int i = 0; i < 100; i++) {
                Experience mine = experience(run + "-" + i, run, i, "q" + i % 5);
                pool.add(List.of(mine));
                assertEquals(Optional.of(mine), pool.experience(mine.id()));
                assertTrue(pool.attempts(mine.question().id()).contains(mine));
                assertTrue(pool.experiences().count() > i);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
      assertEquals(400, pool.stats().experiences());
      assertEquals(
          IntStream.range(0, 100).boxed().toList(),
          pool.experiences().filter(e -> e.run().equals("r2")).map(Experience::step).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * So that a disk that fills up later cannot hurt: writing to a hole in a mapped file would kill
   * the process.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void itsSpaceIsReservedOnDisk() throws Exception {
    open(folder, Map.of("capacity", "20000")).close();
    Path file = folder.resolve("data-1").resolve("experiences.map");
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(Long.parseLong(blocks.strip()) * 512 >= 20_000 * 1024, blocks);
  }

  @Test
  void chronicleCannotCallHome() {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
  }

  @Test
  void aClosedPoolSaysSo() {
    ExperiencePool pool = open(folder);
    pool.close();
    pool.close();
    assertThrows(IllegalStateException.class, pool::lessons);
    assertThrows(IllegalStateException.class, () -> pool.add(List.of(EVERYTHING)));
  }
}
