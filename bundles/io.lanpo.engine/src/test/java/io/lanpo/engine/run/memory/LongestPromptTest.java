package io.lanpo.engine.run.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.tasks.micro.MicroWorld;
import io.lanpo.tokenizer.TokenizerFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongestPromptTest {
  private static final MicroWorld WORLD = new MicroWorld();
  private static final Task TASK = WORLD.open(Settings.defaults(WORLD.settings()), 1);
  private static final Tokenizer TOKENIZER =
      new TokenizerFactory().ofWords(TASK.curriculum().orElseThrow().vocabulary());

  @TempDir Path folder;
  private int pools;

  @Test
  void anAttemptAndLessonsAreReckonedWithAtFullLength() {
    int question =
        Stream.concat(TASK.training().stream(), TASK.heldOut().stream())
            .map(Problem::question)
            .mapToInt(q -> TOKENIZER.encode(q.text()).length)
            .max()
            .orElseThrow();
    // begin token, question, a word for the attempt or lesson, and what may be written in its place
    assertEquals(2 + question + 30, tokens("sampling.max-tokens", "30"), "a review");
    assertEquals(2 + question + 90, tokens("sampling.max-review-tokens", "90"), "distilling");
    assertEquals(
        3 + question + 100, tokens("lessons.most", "2", "sampling.max-lesson-tokens", "50"));
  }

  /** Question, begin token, a word for each attempt, and what may be written in their places. */
  @Test
  void aComparisonMayShowTwoAttempts() {
    assertEquals(
        tokens("sampling.max-review-tokens", "90") + 1 + 90,
        tokens(new Compared(), "sampling.max-review-tokens", "90"));
  }

  @Test
  void whatLessonsAreCondensedIntoCountsWhereTheyAre() {
    String[] longTexts = {"sampling.max-condensed-tokens", "70"};
    assertEquals(tokens(), tokens(longTexts), "they are shown as they are");
    assertEquals(tokens("sampling.max-tokens", "70"), tokens(new Condensed(), longTexts));
  }

  private int tokens(String... set) {
    return tokens(new Both(), set);
  }

  private int tokens(AbstractionStrategy abstraction, String... set) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "sampling.max-tokens", "5",
                "sampling.max-review-tokens", "5",
                "sampling.max-lesson-tokens", "5"));
    for (int i = 0; i < set.length; i += 2) {
      values.put(set[i], set[i + 1]);
    }
    FakeMethod method = FakeMethod.of(values);
    RunSettings settings = method.settings();
    try (ExperiencePool pool = Trials.pool(folder.resolve("pool" + pools++))) {
      MethodComponents parts = method.parts(TASK, new Nothing(), new Both(), abstraction, pool);
      return new LongestPrompt(parts, settings, TOKENIZER).tokens();
    }
  }

  /** Nothing is judged here. */
  private static final class Nothing implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return new Verdict.Abstained("not asked");
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text(), true);
    }
  }

  /** Question and two attempts. */
  private static final class Compared implements GroupAbstraction {
    @Override
    public Optional<Prompt> distil(List<JudgedAttempt> group) {
      return Optional.of(
          new Prompt.Plain(
              "%s %s %s"
                  .formatted(
                      group.get(0).attempt().question().text(),
                      group.get(0).attempt().text(),
                      group.get(1).attempt().text())));
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

  /** Question and attempt or lessons, nothing else. */
  private static class Both implements ReflectionStrategy, AbstractionStrategy {
    @Override
    public Optional<Prompt> reflect(Question question, Attempt attempt) {
      return Optional.of(new Prompt.Plain(question.text() + " " + attempt.text()));
    }

    @Override
    public Optional<String> solution(String review) {
      return Optional.of(review);
    }

    @Override
    public Optional<Prompt> distil(JudgedAttempt attempt) {
      return reflect(attempt.attempt().question(), attempt.attempt());
    }

    @Override
    public Optional<String> lesson(String completion) {
      return Optional.of(completion);
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      StringBuilder text = new StringBuilder(question.text());
      lessons.forEach(lesson -> text.append(' ').append(lesson.text()));
      return new Prompt.Plain(text.toString());
    }
  }

  /** The same, and lessons are condensed. */
  private static final class Condensed extends Both implements AbstractionStrategy.Condensing {
    @Override
    public Optional<Condensing> condensing() {
      return Optional.of(this);
    }

    @Override
    public Optional<Prompt> prompt(Question question, List<Lesson> lessons) {
      return Optional.of(apply(question, lessons));
    }

    @Override
    public Optional<String> text(String completion) {
      return Optional.of(completion);
    }

    @Override
    public Prompt apply(Question question, String text) {
      return new Prompt.Plain(question.text() + " " + text);
    }
  }
}
