package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on a pool and on two plain lists: they must agree at all times. */
class PoolModelTest {
  private static final int CAPACITY = 40;
  private static final int LESSONS = 12;

  @TempDir Path folder;

  private final List<Experience> experiences = new ArrayList<>();
  private final List<StoredLesson> lessons = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithPlainLists(long seed) {
    Random random = new Random(seed);
    ExperiencePool pool = open();
    for (int round = 0; round < 300; round++) {
      int dice = random.nextInt(20);
      if (dice < 12) {
        List<Experience> batch =
            IntStream.range(0, random.nextInt(8)).mapToObj(i -> experience(random)).toList();
        pool.add(batch);
        batch.forEach(e -> addTo(experiences, e, Experience::id, CAPACITY));
      } else if (dice < 17) {
        StoredLesson lesson = lesson(random);
        pool.addLessons(List.of(lesson));
        addTo(lessons, lesson, l -> l.lesson().id(), LESSONS);
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
    return Samples.open(folder, Map.of("capacity", "" + CAPACITY, "lessons", "" + LESSONS));
  }

  private static <T> void addTo(List<T> list, T added, Function<T, String> id, int capacity) {
    if (list.stream().noneMatch(t -> id.apply(t).equals(id.apply(added)))) {
      if (list.size() == capacity) {
        list.remove(0);
      }
      list.add(added);
    }
  }

  private static Experience experience(Random random) {
    List<String> shown = random.ints(random.nextInt(4), 0, 60).mapToObj(i -> "l" + i).toList();
    return Samples.experience(
        "e" + random.nextInt(400),
        "r" + random.nextInt(3),
        random.nextInt(20),
        "q" + random.nextInt(9),
        shown,
        random.nextInt(3) / 2.0,
        random.nextInt(3) / 2.0);
  }

  private static StoredLesson lesson(Random random) {
    int i = random.nextInt(60);
    return Samples.lesson("l" + i, "r" + random.nextInt(3), random.nextInt(20), "text " + i % 5);
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
    return new LessonUse(
        shown.size(),
        shown.stream().filter(e -> e.outcome().reward() > 0.5).count(),
        shown.stream().filter(e -> e.outcome().reward() > e.outcome().baseline()).count());
  }
}
