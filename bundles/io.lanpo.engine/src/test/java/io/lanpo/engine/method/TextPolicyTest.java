package io.lanpo.engine.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.DistillSettings;
import io.lanpo.engine.config.TextSettings;
import io.lanpo.engine.config.TextSettings.Use;
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
class TextPolicyTest {
  private static final Question QUESTION = Trials.question(1);
  private static final String LESSON = QUESTION.text() + " lesson ?";
  private static final String JUDGE = QUESTION.text() + " relevant ?";
  private static final Map<String, String> ONE = Map.of(LESSON, "one says this", JUDGE, "0");
  private static final Map<String, String> TWO = Map.of(LESSON, "two knows", JUDGE, "1");

  private static Policy first;
  private static Policy second;

  @BeforeAll
  static void teach() {
    List<String> words = List.of(LESSON, JUDGE, "one says this two knows 0 1");
    first = Judges.policy(words, 1);
    Judges.teach(first, ONE);
    second = Judges.policy(words, 2);
    Judges.teach(second, TWO);
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
  }

  private static TextPolicy text(Use use) {
    return TextPolicy.of(second, "djl:micro", new TextSettings("", use), () -> {});
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void lessonsAreOfWhoIsToDistilAndAreCounted(Use use) {
    Generator generator = new Generator(first);
    TextPolicy text = text(use);
    List<StoredLesson> lessons = distil(text.distilling(generator));
    List<Map<String, Object>> lines = RolloutLog.lessons(lessons, text.author());
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
    RunRespondent respondent = new RunRespondent();
    respondent.lend(generator);
    assertEquals(List.of(ONE.get(JUDGE)), ask(respondent));
    long alone = respondent.state();
    respondent.judgeWith(text(use));
    assertNotEquals(alone, respondent.state(), "another one answers");
    String expected = (use == Use.DISTILLING ? ONE : TWO).get(JUDGE);
    assertEquals(List.of(expected), ask(respondent));
    assertEquals(4, generator.generatedTokens(), "a digit and the end, twice");
    long before = respondent.state();
    respondent.lend(new Generator(first));
    assertEquals(before, respondent.state(), "nothing has changed");
    // what a filter remembers must not outlive a step, or a resumed run would ask more
    Judges.teach(first, ONE, 1);
    assertNotEquals(before, respondent.state());
  }

  private static List<String> ask(RunRespondent respondent) {
    return respondent.answers(List.of(new Prompt.Plain(JUDGE)), 4);
  }

  private static List<StoredLesson> distil(Generator by) {
    Rollout solved =
        new Rollout(
            new Posed(FeedbackMode.SCRATCH, false, new Prompt.Plain(QUESTION.text()), List.of()),
            new int[] {1},
            new Completion(new int[] {3, 2}, new float[] {0, 0}, true),
            "attempt",
            Optional.of("attempt"),
            new Verdict.Scored(1, "right"));
    Group group =
        new Group(
            new Problem(QUESTION, new AnswerKey("1"), Map.of()),
            List.of(solved),
            1,
            new double[] {0});
    return new Distiller(
            new Asking(),
            new DistillSettings(true, 1, 0),
            Sampling.at(0, 8),
            new Randomness(1),
            new Guard())
        .distil("run", 1, List.of(group), by);
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
