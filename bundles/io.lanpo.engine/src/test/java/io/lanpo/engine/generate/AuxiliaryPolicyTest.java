package io.lanpo.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.DistillSettings;
import io.lanpo.engine.config.TextSettings;
import io.lanpo.engine.config.TextSettings.Use;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.lesson.Distiller;
import io.lanpo.engine.lesson.JudgeFilters;
import io.lanpo.engine.step.LessonLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two real policies that have learned by heart to give different answers, so that each text tells
 * who wrote it.
 */
class AuxiliaryPolicyTest {
  private static final Question QUESTION = Trials.question(1);
  private static final String LESSON = QUESTION.text() + " lesson ?";
  private static final String JUDGE = QUESTION.text() + " relevant ?";
  private static final Map<String, String> ONE = Map.of(LESSON, "one says this", JUDGE, "0");
  private static final Map<String, String> TWO = Map.of(LESSON, "two knows", JUDGE, "1");

  private static Policy first;
  private static Policy second;

  @BeforeAll
  public static void teach() {
    List<String> words = List.of(LESSON, JUDGE, "one says this two knows 0 1");
    first = JudgeFilters.policy(words, 1);
    JudgeFilters.teach(first, ONE);
    second = JudgeFilters.policy(words, 2);
    JudgeFilters.teach(second, TWO);
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
  }

  private static AuxiliaryPolicy text(Use use) {
    return AuxiliaryPolicy.of(second, "djl:micro", new TextSettings("", use), () -> {});
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void lessonsAreOfWhoIsToDistilAndAreCounted(Use use) {
    Generator generator = new Generator(first);
    AuxiliaryPolicy text = text(use);
    List<StoredLesson> lessons = distil(text.distilling(generator));
    List<Map<String, Object>> lines =
        lessons.stream().map(lesson -> LessonLine.of(lesson, text.author())).toList();
    assertEquals(1, lines.size());
    if (use == Use.JUDGING) {
      assertEquals(ONE.get(LESSON), lines.get(0).get("text"));
      assertFalse(lines.get(0).containsKey("by"), "the policy under training wrote it");
    } else {
      assertEquals(TWO.get(LESSON), lines.get(0).get("text"));
      assertEquals("djl:micro", lines.get(0).get("by"));
    }
    // its words and the end
    assertEquals(use == Use.JUDGING ? 4 : 3, generator.generatedTokens());
    assertEquals(
        first.tokenizer().encode(new Prompt.Plain(LESSON)).length, generator.promptTokens());
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void theFilterIsAnsweredByWhoIsToJudge(Use use) {
    Generator generator = new Generator(first);
    RunTextGenerator filterText = new RunTextGenerator();
    filterText.use(generator);
    assertEquals(List.of(ONE.get(JUDGE)), ask(filterText));
    long alone = filterText.version();
    filterText.useAuxiliary(text(use));
    assertNotEquals(alone, filterText.version(), "another one answers");
    String expected = (use == Use.DISTILLING ? ONE : TWO).get(JUDGE);
    assertEquals(List.of(expected), ask(filterText));
    assertEquals(4, generator.generatedTokens(), "a digit and the end, twice");
    long before = filterText.version();
    filterText.use(new Generator(first));
    assertEquals(before, filterText.version(), "nothing has changed");
    // what a filter remembers must not outlive a step, or a resumed run would ask more
    JudgeFilters.teach(first, ONE, 1);
    assertNotEquals(before, filterText.version());
  }

  private static List<String> ask(RunTextGenerator filterText) {
    return filterText.generate(List.of(new Prompt.Plain(JUDGE)), 4);
  }

  private static List<StoredLesson> distil(Generator by) {
    JudgedAttempt attempt = new JudgedAttempt(new Attempt(QUESTION, "attempt"), true);
    return new Distiller(
            new Asking(),
            new DistillSettings(true, 1, 0),
            Sampling.at(0, 8),
            new Randomness(1),
            new ComponentCalls())
        .distil("run", 1, List.of(List.of(attempt)), by);
  }

  /** Asks in the words that the policies know. */
  private static final class Asking implements AbstractionStrategy {
    @Override
    public Optional<Prompt> distil(JudgedAttempt attempt) {
      return Optional.of(new Prompt.Plain(attempt.attempt().question().text() + " lesson ?"));
    }

    @Override
    public Optional<String> lesson(String completion) {
      return Optional.of(completion);
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      return new Prompt.Plain(question.text());
    }
  }
}
