package io.lanpo.engine.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A strategy that compares is asked for each problem once, and not for single attempts. */
class DistillerTest {
  private static final List<Problem> PROBLEMS = Problems.of(3);

  /** Problem by problem: three attempts, one attempt, none. */
  private static final List<List<JudgedAttempt>> ATTEMPTS =
      List.of(
          List.of(attempt(0, "a", false), attempt(0, "b", true), attempt(0, "c", false)),
          List.of(attempt(1, "d", true)),
          List.of());

  private final FakePolicy policy = new FakePolicy((prompt, random) -> "lesson of " + prompt);
  private final ComponentCalls calls = new ComponentCalls();

  private static JudgedAttempt attempt(int problem, String text, boolean accepted) {
    return new JudgedAttempt(new Attempt(PROBLEMS.get(problem).question(), text), accepted);
  }

  /** Shows all attempts at a problem where there are several. */
  private record Comparing(List<List<String>> groups) implements GroupAbstraction {
    @Override
    public Optional<Prompt> distil(List<JudgedAttempt> group) {
      groups.add(group.stream().map(judged -> judged.attempt().text()).toList());
      return Optional.of(group)
          .filter(several -> several.size() > 1)
          .map(several -> new Prompt.Plain(String.join(" ", groups.get(groups.size() - 1))));
    }

    @Override
    public Optional<String> lesson(String completion) {
      return Optional.of(completion);
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      throw new AssertionError("nothing is shown here");
    }
  }

  private List<StoredLesson> distil(Comparing comparing, long seed, String... set) {
    RunSettings settings = Problems.settings(set);
    return new Distiller(
            comparing,
            settings.distill(),
            settings.sampling().lesson(),
            new Randomness(seed),
            calls)
        .distil("run", 4, ATTEMPTS, new Generator(policy));
  }

  @Test
  void aGroupIsOneRequestAndItsLessonAPrinciple() {
    Comparing comparing = new Comparing(new ArrayList<>());
    List<StoredLesson> lessons = distil(comparing, 1, "distil.pitfall-share", "0");
    assertEquals(2, comparing.groups().size(), "a problem without attempts has no group");
    assertEquals(List.of("a", "b", "c"), comparing.groups().get(0).stream().sorted().toList());
    assertEquals(1, lessons.size());
    Lesson lesson = lessons.get(0).lesson();
    assertEquals(Lesson.Kind.PRINCIPLE, lesson.kind());
    assertEquals("run/4/lesson/0", lesson.id());
    assertEquals(PROBLEMS.get(0).question(), lesson.source());
    assertEquals("lesson of " + String.join(" ", comparing.groups().get(0)), lesson.text());
    assertEquals(0, calls.take().total());
  }

  @Test
  void theOrderOfAGroupIsFixedByTheSeed() {
    List<List<String>> orders = new ArrayList<>();
    for (long seed = 0; seed < 10; seed++) {
      Comparing once = new Comparing(new ArrayList<>());
      Comparing again = new Comparing(new ArrayList<>());
      assertEquals(distil(once, seed), distil(again, seed));
      assertEquals(once.groups(), again.groups());
      orders.add(once.groups().get(0));
    }
    assertNotEquals(1, orders.stream().distinct().count());
  }

  @Test
  void withoutDistillingNothingIsAsked() {
    Comparing comparing = new Comparing(new ArrayList<>());
    assertTrue(distil(comparing, 1, "distil.enabled", "false").isEmpty());
    assertTrue(comparing.groups().isEmpty());
  }
}
