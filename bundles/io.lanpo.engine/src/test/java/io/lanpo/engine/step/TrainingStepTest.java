package io.lanpo.engine.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.ListedTask;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.PendingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
  private static final String[] LANPO = {
    "planner.ratio", "0.5", "planner.reflect-share", "0.5", "planner", "within-group"
  };

  private final FakePolicy policy = new FakePolicy(Problems.HALF);
  private final MemoryPool pool = new MemoryPool();
  private final ListedTask task = Problems.task(6, 0);
  private FakeStrategies strategies = new FakeStrategies();

  /** Takes steps of a run; what they did, in order. */
  private List<StepOutcome> steps(int count, Verifier verifier, String... values) {
    return steps(policy, pool, count, verifier, values);
  }

  private List<StepOutcome> steps(
      FakePolicy learner, MemoryPool memory, int count, Verifier verifier, String... values) {
    List<StepOutcome> outcomes = new ArrayList<>();
    try (TrainingStep training = training(learner, memory, verifier, values)) {
      for (int step = 1; step <= count; step++) {
        outcomes.add(training.run(step));
      }
    }
    return outcomes;
  }

  private TrainingStep training(
      FakePolicy learner, MemoryPool memory, Verifier verifier, String... values) {
    FakeMethod method = Problems.method(values);
    RunSettings settings = method.settings();
    MethodComponents parts = method.parts(task, verifier, strategies, strategies, memory);
    return new TrainingStep(
        "run",
        settings,
        parts,
        learner,
        AuxiliaryPolicy.NONE,
        null,
        null,
        new RelevantLessons(
            memory, parts.scorer(), settings.feedback(), parts.feedback().lessons()),
        method.learning(),
        () -> false);
  }

  private static List<TrainingExample> examples(FakePolicy learner) {
    return learner.updates().stream()
        .flatMap(List::stream)
        .map(LossTerm::examples)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void grpoIsLanpoWithoutFeedbackAndLessons() {
    List<StepOutcome> grpo = steps(3, FakeVerifier.otherwise(0), "algorithm", "grpo");
    FakePolicy other = new FakePolicy(Problems.HALF);
    List<StepOutcome> lanpo =
        steps(
            other,
            new MemoryPool(),
            3,
            FakeVerifier.otherwise(0),
            "planner.ratio",
            "0",
            "distil.enabled",
            "false");
    for (int i = 0; i < grpo.size(); i++) {
      assertEquals(grpo.get(i).metrics(), lanpo.get(i).metrics());
      assertEquals(grpo.get(i).rollouts(), lanpo.get(i).rollouts());
    }
    assertEquals(policy.prompts(), other.prompts());
    assertEquals(policy.updates().size(), other.updates().size());
    assertTrue(policy.version() > 0, "something was learned");
  }

  /** Fresh completions in another precision are as those of older weights. */
  @Test
  void completionsOfARoundingSamplerGetImportanceWeights() {
    assertFalse(
        steps(1, FakeVerifier.otherwise(0), LANPO).get(0).metrics().containsKey("importance"));
    FakePolicy rounding = new FakePolicy(Problems.HALF);
    rounding.roundRollouts();
    StepOutcome step =
        steps(rounding, new MemoryPool(), 1, FakeVerifier.otherwise(0), LANPO).get(0);
    assertEquals(rounding.prompts().size(), rounding.rounded(), "all text of a step is its");
    assertEquals(2.0, step.metrics().get("importance"), "e to the gap of 1 nat, cut at 2");
    assertEquals(1.0, step.metrics().get("logProbGap"));
  }

  @Test
  void theSameSeedGivesTheSameStepsAndAnotherOneOthers() {
    List<StepOutcome> first = steps(2, FakeVerifier.otherwise(0), LANPO);
    FakePolicy again = new FakePolicy(Problems.HALF);
    List<StepOutcome> second = steps(again, new MemoryPool(), 2, FakeVerifier.otherwise(0), LANPO);
    assertEquals(first.get(1).rollouts(), second.get(1).rollouts());
    assertEquals(first.get(1).metrics(), second.get(1).metrics());
    List<StepOutcome> other =
        steps(
            new FakePolicy(Problems.HALF),
            new MemoryPool(),
            2,
            FakeVerifier.otherwise(0),
            "seed",
            "1");
    assertNotEquals(first.get(1).rollouts(), other.get(1).rollouts());
  }

  @Test
  void aGroupWithoutVarianceTeachesNothing() {
    FakePolicy sure = new FakePolicy((prompt, random) -> "unknown");
    StepOutcome outcome =
        steps(sure, pool, 1, FakeVerifier.otherwise(0), "algorithm", "grpo").get(0);
    assertEquals(4L, outcome.metrics().get("zeroVarianceGroups"));
    assertEquals(0, outcome.metrics().get("updates"));
    assertTrue(sure.updates().isEmpty());
    assertEquals(16, pool.stats().experiences(), "it is remembered all the same");
  }

  /** Feedback is context: what is learned is what the policy wrote, never a prompt. */
  @Test
  void promptsGetNoGradient() {
    steps(3, FakeVerifier.otherwise(0), LANPO);
    List<String> written = pool.experiences().map(Experience::attempt).distinct().toList();
    List<TrainingExample> learned = examples(policy);
    assertFalse(learned.isEmpty());
    for (TrainingExample example : learned) {
      int[] completion = example.sequence().completion();
      assertEquals(completion.length, example.advantages().length);
      assertTrue(written.contains(policy.tokenizer().decode(completion)));
    }
    assertTrue(
        learned.stream()
            .map(e -> policy.tokenizer().decode(e.sequence().prompt()))
            .anyMatch(prompt -> prompt.startsWith("review") || prompt.startsWith("lessons")),
        "prompts with feedback are among them");
  }

  @Test
  void withoutWeightCompletionsUnderFeedbackTeachThePlainPromptOnly() {
    steps(
        3,
        FakeVerifier.otherwise(0),
        "planner.ratio",
        "0.5",
        "objective.feedback-weight",
        "0",
        "objective.distillation",
        "1");
    for (TrainingExample example : examples(policy)) {
      String prompt = policy.tokenizer().decode(example.sequence().prompt());
      assertTrue(prompt.matches("q\\d+ \\? ="), prompt);
    }
  }

  /** The third of three steps: a cosine is at a quarter then. */
  @Test
  void theLearningRateFollowsItsSchedule() {
    List<StepOutcome> outcomes =
        steps(3, FakeVerifier.otherwise(0), "optimizer.learning-rate", "0.5", "schedule", "cosine");
    double[] logged =
        outcomes.stream().mapToDouble(o -> (double) o.metrics().get("learningRate")).toArray();
    assertArrayEquals(new double[] {0.5, 0.375, 0.125}, logged, 1e-12);
    assertArrayEquals(
        logged, policy.learningRates().stream().mapToDouble(rate -> rate).toArray(), 0);
  }

  @Test
  void metricsTellHowWideRewardsAndLengthsAre() {
    StepOutcome outcome = steps(1, FakeVerifier.otherwise(0), "algorithm", "grpo").get(0);
    double[] rewards = outcome.rollouts().stream().mapToDouble(RolloutLine::reward).toArray();
    double[] advantages = outcome.rollouts().stream().mapToDouble(RolloutLine::advantage).toArray();
    assertEquals(deviation(rewards), (double) outcome.metrics().get("rewardStd"), 1e-12);
    assertEquals(deviation(advantages), (double) outcome.metrics().get("advantageStd"), 1e-12);
    assertEquals(2L, outcome.metrics().get("tokens.shortest"));
    assertEquals(2L, outcome.metrics().get("tokens.longest"));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  /** What an update takes from a completion can be read where it was asked for. */
  @Test
  void tokensAreLoggedOnRequest() {
    StepOutcome without = steps(1, FakeVerifier.otherwise(0), "algorithm", "grpo").get(0);
    assertTrue(without.rollouts().stream().allMatch(line -> line.sampled() == null));
    FakePolicy other = new FakePolicy(Problems.HALF);
    StepOutcome outcome =
        steps(
                other,
                new MemoryPool(),
                1,
                FakeVerifier.otherwise(0),
                "algorithm",
                "grpo",
                "log.tokens",
                "true")
            .get(0);
    for (RolloutLine line : outcome.rollouts()) {
      RolloutLine.Sampled sampled = Objects.requireNonNull(line.sampled());
      assertEquals(line.text(), other.tokenizer().decode(sampled.completion()));
      assertEquals(line.prompt(), other.tokenizer().decode(sampled.prompt()));
      assertEquals(sampled.completion().length, sampled.logProbs().length);
    }
  }

  @Test
  void aVerifierThatFailsTakesNoPart() {
    FakeVerifier broken =
        new FakeVerifier(
            (problem, response) -> {
              if (response.text().equals("unknown")) {
                throw new IllegalStateException("broken");
              }
              return new Verdict.Scored(1, "right");
            });
    StepOutcome outcome = steps(1, broken, "algorithm", "grpo", "failures.most", "1").get(0);
    long failed = outcome.rollouts().stream().filter(r -> "failed".equals(r.verdict())).count();
    assertTrue(failed > 0 && failed < 16, failed + " failed");
    assertEquals(failed, outcome.metrics().get("unscored"));
    assertEquals(1.0, outcome.metrics().get("reward"), "no failure counts as 0");
    assertTrue(policy.updates().isEmpty(), "what is scored is all alike");
    assertTrue(outcome.failing().isEmpty());
  }

  @Test
  void tooManyFailuresAreAReasonToStop() {
    FakeVerifier broken =
        new FakeVerifier(
            (problem, response) -> {
              throw new IllegalStateException("broken");
            });
    String why =
        steps(1, broken, "algorithm", "grpo", "failures.most", "0")
            .get(0)
            .failing()
            .orElseThrow()
            .what();
    assertTrue(why.contains("calls of the verifier failed (it threw"), why);
  }

  /** A program that passes six of ten tests is rewarded for them, and is not right. */
  @Test
  void whatIsPartlyRightBecomesNoPrinciple() {
    StepOutcome outcome = steps(1, FakeVerifier.otherwise(0.6), LANPO).get(0);
    List<RolloutLine> partly =
        outcome.rollouts().stream().filter(r -> Objects.equals(r.reward(), 0.6)).toList();
    assertFalse(partly.isEmpty());
    partly.forEach(r -> assertEquals(false, r.accepted()));
    for (StoredLesson stored : pool.lessons()) {
      String problem = stored.lesson().source().id();
      boolean solved =
          outcome.rollouts().stream()
              .anyMatch(
                  r -> Objects.equals(r.problem(), problem) && Boolean.TRUE.equals(r.accepted()));
      assertTrue(solved || stored.lesson().kind() == Lesson.Kind.PITFALL);
    }
    FakePolicy never = new FakePolicy((prompt, random) -> "unknown");
    MemoryPool empty = new MemoryPool();
    steps(never, empty, 2, FakeVerifier.otherwise(0.6), LANPO);
    assertFalse(empty.lessons().isEmpty());
    empty.lessons().forEach(l -> assertEquals(Lesson.Kind.PITFALL, l.lesson().kind()));
    assertTrue(empty.experiences().noneMatch(e -> e.outcome().accepted()));
  }

  @Test
  void whatHappenedIsRememberedAsItIsLogged() {
    StepOutcome outcome = steps(1, FakeVerifier.otherwise(0), LANPO).get(0);
    assertEquals(
        outcome.rollouts().stream().map(line -> line.experience("run")).toList(),
        pool.experiences().toList());
    assertEquals(
        outcome.lessons().stream().map(line -> line.get("text")).toList(),
        pool.lessons().stream().map(l -> l.lesson().text()).toList());
  }

  /** What lessons were condensed into is read in the log, and its tokens have a metric. */
  @Test
  void condensedLessonsAreLogged() {
    strategies = FakeStrategies.thatCondense();
    StepOutcome outcome = steps(2, FakeVerifier.otherwise(0), LANPO).get(1);
    List<RolloutLine> shown =
        outcome.rollouts().stream().filter(line -> "abstract".equals(line.mode())).toList();
    assertFalse(shown.isEmpty());
    for (RolloutLine line : shown) {
      assertEquals(
          "condensed %s for %s".formatted(line.condensed(), line.question()), line.prompt());
    }
    long problems = shown.stream().map(RolloutLine::problem).distinct().count();
    assertEquals((int) problems, outcome.metrics().get("lessonsCondensed"));
    assertEquals(0, outcome.metrics().get("lessonsNotCondensed"));
    assertEquals(2 * problems, outcome.metrics().get("generated.condensing"));
    assertEquals(0L, outcome.metrics().get("generated.judging"));
    assertTrue(
        outcome.rollouts().stream()
            .filter(line -> !"abstract".equals(line.mode()))
            .allMatch(line -> line.condensed() == null));
  }

  @Test
  void condensedLessonsOfAStepThatWasSampledAheadAreTheSame() {
    strategies = FakeStrategies.thatCondense();
    aStepThatWasSampledAheadIsContinued();
  }

  @Test
  void aStepThatWasSampledAheadIsContinued() {
    String[] ahead = {"staleness", "1", "steps", "4"};
    List<StepOutcome> undisturbed = steps(4, FakeVerifier.otherwise(0), ahead);
    assertEquals(1L, undisturbed.get(2).metrics().get("staleness"));

    FakePolicy before = new FakePolicy(Problems.HALF);
    MemoryPool memory = new MemoryPool();
    PendingStep pending;
    try (TrainingStep training = training(before, memory, FakeVerifier.otherwise(0), ahead)) {
      training.run(1);
      training.run(2);
      pending = training.pending().orElseThrow();
    }
    FakePolicy after = new FakePolicy(before.tokenizer(), Problems.HALF, before.version());
    try (TrainingStep training = training(after, memory, FakeVerifier.otherwise(0), ahead)) {
      training.resume(pending);
      for (int step = 3; step <= 4; step++) {
        StepOutcome outcome = training.run(step);
        assertEquals(undisturbed.get(step - 1).rollouts(), outcome.rollouts());
        assertEquals(undisturbed.get(step - 1).metrics(), outcome.metrics());
      }
      assertTrue(training.pending().isEmpty(), "nothing is sampled beyond the last step");
    }
  }

  @Test
  void advantagesAreOfAGroup() {
    StepOutcome outcome = steps(1, FakeVerifier.otherwise(0), "algorithm", "grpo").get(0);
    Map<Integer, Double> sums =
        outcome.rollouts().stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    RolloutLine::group,
                    java.util.stream.Collectors.summingDouble(RolloutLine::advantage)));
    assertArrayEquals(new double[4], sums.values().stream().mapToDouble(s -> s).toArray(), 1e-9);
  }
}
