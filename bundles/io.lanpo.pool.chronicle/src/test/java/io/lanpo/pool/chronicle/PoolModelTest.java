package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random operations on a pool and on two plain lists: they must agree at all times. Who makes room
 * is found in the lists by looking at everything.
 */
class PoolModelTest {
  private static final int CAPACITY = 40;
  private static final int LESSONS = 12;

  @TempDir Path folder;

  private final List<Experience> experiences = new ArrayList<>();
  private final List<StoredLesson> lessons = new ArrayList<>();

  private boolean useful;
  private int perProblem;

  @ParameterizedTest
  @CsvSource({
    "1, oldest, 0",
    "2, oldest, 0",
    "3, oldest, 4",
    "4, least-useful, 0",
    "5, least-useful, 0",
    "6, least-useful, 4",
    "7, least-useful, 1"
  })
  void agreesWithPlainLists(long seed, String eviction, int cap) {
    Random random = new Random(seed);
    useful = eviction.equals("least-useful");
    perProblem = cap;
    ExperiencePool pool = open();
    for (int round = 0; round < 300; round++) {
      int dice = random.nextInt(20);
      if (dice < 12) {
        List<Experience> batch =
            IntStream.range(0, random.nextInt(8)).mapToObj(i -> experience(random)).toList();
        pool.add(batch);
        batch.forEach(this::addToList);
      } else if (dice < 17) {
        StoredLesson lesson = lesson(random);
        pool.addLessons(List.of(lesson));
        addToList(lesson);
      } else if (dice < 19) {
        String run = "r" + random.nextInt(3);
        int last = random.nextInt(20);
        pool.rollback(run, last);
        experiences.removeIf(e -> e.run().equals(run) && e.step() > last);
        lessons.removeIf(l -> l.run().equals(run) && l.step() > last);
      } else {
        pool.close();
        pool = open();
      }
      check(pool);
    }
    pool.close();
  }

  private ExperiencePool open() {
    return Samples.open(
        folder,
        Map.of(
            "capacity",
            "" + CAPACITY,
            "lessons",
            "" + LESSONS,
            "eviction",
            useful ? "least-useful" : "oldest",
            "per-problem",
            "" + perProblem));
  }

  private void addToList(Experience added) {
    if (experiences.stream().anyMatch(e -> e.id().equals(added.id()))) {
      return;
    }
    String question = added.question().id();
    List<Experience> siblings =
        experiences.stream().filter(e -> e.question().id().equals(question)).toList();
    if (perProblem > 0 && siblings.size() == perProblem) {
      experiences.remove(dispensable(siblings));
    }
    if (experiences.size() == CAPACITY) {
      experiences.remove(dispensable(experiences));
    }
    experiences.add(added);
  }

  private Experience dispensable(List<Experience> candidates) {
    return useful
        ? Collections.min(
            candidates,
            Comparator.comparing(PoolModelTest::usable)
                .thenComparingLong(
                    e -> -candidates.stream().filter(other -> alike(e, other)).count()))
        : candidates.get(0);
  }

  private static boolean usable(Experience e) {
    return e.finished() && e.outcome().kind() == Outcome.Kind.SCORED;
  }

  private static boolean alike(Experience a, Experience b) {
    return a.question().id().equals(b.question().id())
        && usable(a) == usable(b)
        && (!usable(a) || a.outcome().accepted() == b.outcome().accepted());
  }

  private void addToList(StoredLesson added) {
    if (lessons.stream().anyMatch(l -> l.lesson().id().equals(added.lesson().id()))) {
      return;
    }
    String source = added.lesson().source().id();
    List<StoredLesson> siblings =
        lessons.stream().filter(l -> l.lesson().source().id().equals(source)).toList();
    if (perProblem > 0 && siblings.size() == perProblem) {
      lessons.remove(dispensableLesson(siblings));
    }
    if (lessons.size() == LESSONS) {
      lessons.remove(dispensableLesson(lessons));
    }
    lessons.add(added);
  }

  private StoredLesson dispensableLesson(List<StoredLesson> candidates) {
    return useful
        ? Collections.min(candidates, Comparator.comparingDouble(this::helped))
        : candidates.get(0);
  }

  private double helped(StoredLesson lesson) {
    LessonUse use = use(lesson.lesson().text());
    return (1.0 + use.better()) / (4.0 + use.shown());
  }

  private static Experience experience(Random random) {
    List<String> shown = random.ints(random.nextInt(4), 0, 60).mapToObj(i -> "l" + i).toList();
    Experience e =
        Samples.experience(
            "e" + random.nextInt(400),
            "r" + random.nextInt(3),
            random.nextInt(20),
            "q" + random.nextInt(9),
            shown,
            random.nextInt(3) / 2.0,
            random.nextInt(3) / 2.0);
    Outcome outcome =
        random.nextInt(8) == 0
            ? new Outcome(Outcome.Kind.ABSTAINED, 0, false, e.outcome().baseline(), "")
            : e.outcome();
    return Samples.ended(e, random.nextInt(8) > 0, outcome);
  }

  private static StoredLesson lesson(Random random) {
    int i = random.nextInt(60);
    StoredLesson lesson =
        Samples.lesson("l" + i, "r" + random.nextInt(3), random.nextInt(20), "text " + i % 5);
    return new StoredLesson(
        new Lesson(
            lesson.lesson().id(),
            lesson.lesson().kind(),
            lesson.lesson().text(),
            Samples.question("q" + i % 4)),
        lesson.run(),
        lesson.step());
  }

  private void check(ExperiencePool pool) {
    assertEquals(experiences, pool.experiences().toList());
    assertEquals(lessons, pool.lessons());
    assertEquals(
        experiences.stream().map(Experience::question).distinct().toList(), pool.questions());
    for (int q = 0; q < 9; q++) {
      String id = "q" + q;
      assertEquals(
          experiences.stream().filter(e -> e.question().id().equals(id)).toList(),
          pool.attempts(id));
    }
    for (int t = 0; t < 5; t++) {
      assertEquals(use("text " + t), pool.use("text " + t));
    }
    assertEquals(
        experiences.stream().collect(Collectors.groupingBy(Experience::run, Collectors.counting())),
        pool.stats().perRun());
  }

  private LessonUse use(String text) {
    List<String> ids =
        lessons.stream()
            .filter(l -> l.lesson().text().equals(text))
            .map(l -> l.lesson().id())
            .toList();
    List<Experience> shown =
        experiences.stream().filter(e -> e.lessons().stream().anyMatch(ids::contains)).toList();
    return shown.stream()
        .map(e -> LessonUse.of(e.outcome()))
        .reduce(LessonUse.NONE, LessonUse::plus);
  }
}
