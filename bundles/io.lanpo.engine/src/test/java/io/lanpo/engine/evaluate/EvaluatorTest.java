package io.lanpo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Score;
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
import io.lanpo.engine.rollout.MethodComponents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final MemoryPool pool = new MemoryPool();

  private Map<EvaluationMode, Score> scores(
      FakePolicy policy, Verifier verifier, List<EvaluationMode> modes, int problems) {
    return scores(policy, verifier, new FakeStrategies(), modes, problems);
  }

  private Map<EvaluationMode, Score> scores(
      FakePolicy policy,
      Verifier verifier,
      FakeStrategies strategies,
      List<EvaluationMode> modes,
      int problems) {
    FakeMethod method = Problems.method();
    RunSettings settings = method.settings();
    MethodComponents parts =
        method.parts(Problems.task(1, 8), verifier, strategies, strategies, pool);
    AtomicInteger done = new AtomicInteger();
    Map<EvaluationMode, Score> scores =
        new Evaluator(
                parts,
                settings.sampling(),
                new RelevantLessons(
                    pool, parts.scorer(), settings.feedback(), parts.feedback().lessons()),
                0)
            .evaluate(policy, modes, problems, 2, new Randomness(3), done::incrementAndGet)
            .scores();
    assertEquals(modes.size(), done.get());
    return scores;
  }

  private static Score of(Map<EvaluationMode, Score> scores, EvaluationMode mode) {
    assertTrue(scores.containsKey(mode), scores.toString());
    return scores.get(mode);
  }

  /** A principle of another problem. */
  private void addLesson() {
    pool.addLessons(
        List.of(
            Trials.lesson(
                "l", Lesson.Kind.PRINCIPLE, "carry the ten", new Question("p99", "q99 ?"))));
  }

  @Test
  void theScoreIsTheMeanOverProblems() {
    FakePolicy policy =
        new FakePolicy((prompt, random) -> prompt.startsWith("q3 ") ? "3" : "unknown");
    Score score =
        of(
            scores(policy, FakeVerifier.otherwise(0), List.of(EvaluationMode.ZERO_SHOT), 0),
            EvaluationMode.ZERO_SHOT);
    assertEquals(1 / 8.0, score.mean(), 1e-12);
    assertEquals(8, score.problems());
    assertEquals(1, score.finished());
  }

  @Test
  void reviewsSeeTheAnswersAndLessonsAreAskedForWhereThereAreSome() {
    FakePolicy policy = new FakePolicy(Problems.HALF);
    Map<EvaluationMode, Score> scores =
        scores(policy, FakeVerifier.otherwise(0), EvaluationMode.ofRuns(), 4);
    assertEquals(1, of(scores, EvaluationMode.RETRIEVE).fellBack(), "the pool has no lesson");
    assertEquals(0, of(scores, EvaluationMode.REFLECT).fellBack());
    assertEquals(8, policy.prompts().stream().filter(p -> p.startsWith("review")).count());
  }

  @Test
  void lessonsAreCondensedAsInTraining() {
    addLesson();
    FakePolicy policy = new FakePolicy(Problems.HALF);
    Score score =
        of(
            scores(
                policy,
                FakeVerifier.otherwise(0),
                FakeStrategies.thatCondense(),
                List.of(EvaluationMode.RETRIEVE),
                4),
            EvaluationMode.RETRIEVE);
    assertEquals(0, score.fellBack());
    assertEquals(
        4, policy.prompts().stream().filter(p -> p.startsWith("condense carry the ten")).count());
    assertEquals(8, policy.prompts().stream().filter(p -> p.startsWith("condensed ")).count());
    assertEquals(0, score.uncondensed());
  }

  /** Of four problems with two samples each one has no text, and shows the lesson as it is. */
  @Test
  void whatThePolicyDidNotCondenseIsCounted() {
    addLesson();
    AtomicInteger asked = new AtomicInteger();
    FakePolicy policy =
        new FakePolicy(
            (prompt, random) ->
                prompt.startsWith("condense ") && asked.getAndIncrement() == 0
                    ? ""
                    : Problems.HALF.write(prompt, random));
    Score score =
        of(
            scores(
                policy,
                FakeVerifier.otherwise(0),
                FakeStrategies.thatCondense(),
                List.of(EvaluationMode.ZERO_SHOT, EvaluationMode.RETRIEVE),
                4),
            EvaluationMode.RETRIEVE);
    assertEquals(0.25, score.uncondensed());
    assertEquals(0, score.fellBack());
    assertEquals(2, policy.prompts().stream().filter(p -> p.startsWith("lessons ")).count());
  }

  @Test
  void whatHasNoVerdictIsLeftOut() {
    Verifier shy =
        new FakeVerifier(
            (problem, response) ->
                problem.question().id().equals("p2")
                    ? new Verdict.Abstained("no")
                    : new Verdict.Scored(0.5, "half"));
    FakePolicy policy = new FakePolicy((prompt, random) -> "unknown");
    Score score =
        of(scores(policy, shy, List.of(EvaluationMode.ZERO_SHOT), 0), EvaluationMode.ZERO_SHOT);
    assertEquals(7, score.problems());
    assertEquals(0.5, score.mean());
  }

  @Test
  void aProblemIsAskedWithTheSameNoiseWhateverElseIsAsked() {
    FakePolicy all = new FakePolicy(Problems.HALF);
    FakePolicy few = new FakePolicy(Problems.HALF);
    Score whole =
        of(
            scores(all, FakeVerifier.otherwise(0), List.of(EvaluationMode.ZERO_SHOT), 0),
            EvaluationMode.ZERO_SHOT);
    Score same =
        of(
            scores(few, FakeVerifier.otherwise(0), EvaluationMode.ofRuns(), 0),
            EvaluationMode.ZERO_SHOT);
    assertEquals(whole, same);
  }
}
