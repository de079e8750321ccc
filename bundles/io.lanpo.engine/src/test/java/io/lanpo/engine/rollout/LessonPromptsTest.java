package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.AbstractionStrategy.Condensing;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.RelevantLessons;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lessons that the policy condenses before it is shown them. */
class LessonPromptsTest {
  private static final Question ELSEWHERE = new Question("p99", "q99 ?");

  private final MemoryPool pool = new MemoryPool();
  private final FakePolicy policy = new FakePolicy(LessonPromptsTest::write);

  private static String write(String prompt, Random random) {
    return prompt.startsWith("condense")
        ? "gist " + random.nextInt(1_000_000)
        : Problems.HALF.write(prompt, random);
  }

  /** Four problems with two plain completions and two with lessons each. */
  private StepRollouts collect(FakePolicy by, FakeStrategies strategies, String... further) {
    return collector(strategies, further).collect(1, by);
  }

  private Collector collector(FakeStrategies strategies, String... further) {
    String[] values = {
      "planner.ratio", "0.5", "planner.reflect-share", "0", "sampling.max-condensed-tokens", "4"
    };
    String[] all = java.util.Arrays.copyOf(values, values.length + further.length);
    System.arraycopy(further, 0, all, values.length, further.length);
    FakeMethod method = Problems.method(all);
    RunSettings settings = method.settings();
    MethodComponents parts =
        method.parts(Problems.task(6, 0), FakeVerifier.otherwise(0), strategies, strategies, pool);
    return new Collector(
        settings,
        parts,
        new RelevantLessons(pool, parts.scorer(), settings.feedback(), parts.feedback().lessons()),
        groups -> groups.stream().map(g -> new double[g.completions().size()]).toList(),
        new Randomness(settings.seed()),
        Runnable::run);
  }

  private void lesson(String id, String text, Question source) {
    pool.addLessons(List.of(Trials.lesson(id, Lesson.Kind.PRINCIPLE, text, source)));
  }

  private static List<Rollout> withLessons(StepRollouts step) {
    return step.groups().stream()
        .flatMap(g -> g.rollouts().stream())
        .filter(r -> r.composed().mode() == FeedbackMode.ABSTRACT)
        .toList();
  }

  @Test
  void aGroupIsShownOneTextOfTheLessonsOfOtherProblems() {
    lesson("l1", "carry the ten", ELSEWHERE);
    lesson("l2", "draw a line", ELSEWHERE);
    StepRollouts step = collect(policy, FakeStrategies.thatCondense(), "lessons.most", "2");
    Set<String> texts = new HashSet<>();
    for (Group group : step.groups()) {
      List<ComposedPrompt> shown =
          group.rollouts().stream()
              .map(Rollout::composed)
              .filter(c -> c.mode() == FeedbackMode.ABSTRACT)
              .distinct()
              .toList();
      assertEquals(1, shown.size(), "one text for a group");
      String text = shown.get(0).condensed().orElseThrow();
      assertEquals(
          "condensed %s for %s".formatted(text, group.problem().question().text()),
          shown.get(0).prompt().text());
      assertEquals(2, shown.get(0).lessons().size(), "what it was condensed from is known");
      texts.add(text);
    }
    assertEquals(4, texts.size(), "each problem has a seed of its own");
    List<String> asked = policy.prompts().subList(0, 4);
    assertTrue(asked.stream().allMatch(p -> p.startsWith("condense ")), asked.toString());
    assertEquals(new StepRollouts.Condensed(4, 0, 4 * 3), step.figures().condensed());
    long answers =
        step.groups().stream()
            .flatMap(g -> g.rollouts().stream())
            .mapToLong(r -> r.completion().tokens().length)
            .sum();
    assertEquals(answers + 4 * 3, step.figures().generatedTokens());
  }

  @Test
  void nothingOfTheProblemItselfIsCondensed() {
    lesson("l1", "carry the ten", ELSEWHERE);
    for (int i = 1; i <= 6; i++) {
      Question question = new Question("p" + i, "q" + i + " ?");
      lesson("own" + i, "answer " + i, question);
      pool.add(List.of(Trials.plain("t" + i, question, "tried " + i, 1)));
    }
    collect(policy, FakeStrategies.thatCondense(), "lessons.most", "8");
    List<String> asked = policy.prompts().stream().filter(p -> p.startsWith("condense ")).toList();
    assertEquals(4, asked.size());
    for (String prompt : asked) {
      String number = prompt.replaceAll(".* for q(\\d) \\?", "$1");
      assertFalse(prompt.contains("answer " + number), prompt);
      assertFalse(prompt.contains("tried"), prompt);
      assertFalse(prompt.contains("because") || prompt.contains("1.0"), prompt);
      assertTrue(prompt.contains("carry the ten"), prompt);
    }
  }

  @Test
  void whatIsBlankOrCutOffGivesWayToTheLessonsAsTheyAre() {
    lesson("l1", "carry the ten", ELSEWHERE);
    FakePolicy silent =
        new FakePolicy(
            (prompt, random) ->
                prompt.startsWith("condense")
                    ? prompt.endsWith("q1 ?") ? "" : "far too long a text"
                    : Problems.HALF.write(prompt, random));
    StepRollouts step = collect(silent, FakeStrategies.thatCondense());
    assertEquals(0, step.figures().condensed().texts());
    assertEquals(4, step.figures().condensed().failed());
    assertTrue(step.figures().condensed().tokens() > 0, "they are paid for");
    assertEquals(8, withLessons(step).size());
    for (Rollout rollout : withLessons(step)) {
      assertEquals(Optional.empty(), rollout.composed().condensed());
      assertFalse(rollout.composed().fellBack());
      assertTrue(rollout.composed().prompt().text().startsWith("lessons carry the ten for q"));
    }
    assertEquals(0, step.figures().strategies().total(), "it is no failure of the strategy");
  }

  @Test
  void aStrategyThatFailsToCondenseIsCountedAndCostsNoMore() {
    lesson("l1", "carry the ten", ELSEWHERE);
    FakeStrategies broken =
        new FakeStrategies() {
          @Override
          public Optional<Condensing> condensing() {
            return Optional.of(new Broken());
          }
        };
    StepRollouts step = collect(policy, broken);
    assertEquals(4, step.figures().strategies().total());
    assertEquals(8, withLessons(step).size());
    assertEquals(new StepRollouts.Condensed(0, 0, 0), step.figures().condensed());
  }

  private static final class Broken implements Condensing {
    @Override
    public Optional<Prompt> prompt(Question question, List<Lesson> lessons) {
      throw new IllegalStateException("broken");
    }

    @Override
    public Optional<String> text(String completion) {
      return Optional.of(completion);
    }

    @Override
    public Prompt apply(Question question, String text) {
      return new Prompt.Plain(text);
    }
  }

  @Test
  void withoutLessonsNothingIsCondensed() {
    StepRollouts step = collect(policy, FakeStrategies.thatCondense());
    assertTrue(policy.prompts().stream().noneMatch(p -> p.startsWith("condense")));
    assertEquals(
        8,
        step.groups().stream()
            .flatMap(g -> g.rollouts().stream())
            .filter(r -> r.composed().fellBack())
            .count());
  }

  @Test
  void aStepThatWaitsToBeLearnedFromKeepsItsTexts() {
    lesson("l1", "carry the ten", ELSEWHERE);
    Collector collector = collector(FakeStrategies.thatCondense());
    StepRollouts collected = collector.collect(1, policy);
    StepRollouts restored = collector.restore(PendingStep.of(collected), policy.tokenizer());
    assertEquals(collected.figures(), restored.figures());
    assertEquals(
        withLessons(collected).stream().map(r -> r.composed().condensed()).toList(),
        withLessons(restored).stream().map(r -> r.composed().condensed()).toList());
  }
}
