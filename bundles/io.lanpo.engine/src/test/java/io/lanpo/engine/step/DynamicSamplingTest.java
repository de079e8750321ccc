package io.lanpo.engine.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.TrainingExample;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Steps that go on sampling until enough groups have differing rewards. Four problems are drawn of
 * twenty, and only those with odd numbers are solved now and then.
 */
class DynamicSamplingTest {
  private static final FakePolicy.Writer ODD_ONES =
      (prompt, random) ->
          prompt.replaceAll("\\D", "").matches(".*[02468]")
              ? "unknown"
              : Problems.HALF.write(prompt, random);
  private static final FakePolicy.Writer NONE = (prompt, random) -> "unknown";

  private final ListedTask task = Problems.task(20, 0);
  private final MemoryPool pool = new MemoryPool();

  private TrainingStep training(FakePolicy policy, MemoryPool memory, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(Map.of("steps", "4", "refill.most-rounds", "3"));
    values.putAll(more);
    FakeMethod method =
        Problems.method(
            values.entrySet().stream()
                .flatMap(e -> List.of(e.getKey(), e.getValue()).stream())
                .toArray(String[]::new));
    FakeStrategies strategies = new FakeStrategies();
    MethodComponents parts =
        method.parts(task, FakeVerifier.otherwise(0), strategies, strategies, memory);
    return new TrainingStep(
        "run",
        method.settings(),
        parts,
        policy,
        AuxiliaryPolicy.NONE,
        null,
        null,
        new RelevantLessons(
            memory, parts.scorer(), method.settings().feedback(), parts.feedback().lessons()),
        method.learning(),
        () -> false);
  }

  private List<StepOutcome> steps(FakePolicy policy, Map<String, String> more) {
    List<StepOutcome> outcomes = new ArrayList<>();
    try (TrainingStep training = training(policy, pool, more)) {
      for (int step = 1; step <= 4; step++) {
        outcomes.add(training.run(step));
      }
    }
    return outcomes;
  }

  /** The problem of each group, in order. */
  private static List<String> problems(StepOutcome outcome) {
    Map<Integer, String> problems = new LinkedHashMap<>();
    outcome.rollouts().forEach(line -> problems.put(line.group(), line.problem()));
    return List.copyOf(problems.values());
  }

  private static Set<Integer> varied(StepOutcome outcome) {
    return outcome.rollouts().stream()
        .collect(
            Collectors.groupingBy(
                RolloutLine::group, Collectors.mapping(RolloutLine::reward, Collectors.toSet())))
        .entrySet()
        .stream()
        .filter(e -> e.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void aStepGoesOnUntilItsGroupsTeach() {
    FakePolicy policy = new FakePolicy(ODD_ONES);
    List<StepOutcome> outcomes = steps(policy, Map.of("algorithm", "grpo"));
    long most = 0;
    for (StepOutcome outcome : outcomes) {
      List<String> drawn = problems(outcome);
      assertEquals(drawn.size(), new HashSet<>(drawn).size(), "no problem comes twice in a step");
      long rounds = ((Number) outcome.metrics().get("refill.rounds")).longValue();
      most = Math.max(most, rounds);
      assertEquals(4 * (1 + rounds), drawn.size());
      assertEquals(4 * drawn.size(), outcome.metrics().get("completions"));
      Set<Integer> varied = varied(outcome);
      Set<Integer> learned =
          outcome.rollouts().stream()
              .filter(line -> line.advantage() != null && line.advantage() != 0)
              .map(RolloutLine::group)
              .collect(Collectors.toSet());
      assertEquals(varied.stream().sorted().limit(4).collect(Collectors.toSet()), learned);
      assertEquals((long) learned.size(), outcome.metrics().get("refill.learned"));
      assertEquals((long) varied.size() - learned.size(), outcome.metrics().get("refill.beyond"));
      assertEquals(
          (long) drawn.size() - varied.size(), outcome.metrics().get("zeroVarianceGroups"));
      assertTrue(learned.size() == 4 || rounds == 3, "it ends with enough groups or at its bound");
    }
    assertTrue(most > 0, "half of the problems teach nothing");
    assertEquals(
        outcomes.stream().mapToLong(o -> o.rollouts().size()).sum(),
        pool.stats().experiences(),
        "what is not learned from is remembered all the same");
  }

  /** Groups without a difference do not water the mean down. */
  @Test
  void theMeanIsOverWhatIsLearnedFrom() {
    FakePolicy policy = new FakePolicy(ODD_ONES);
    StepOutcome first = steps(policy, Map.of("algorithm", "grpo")).get(0);
    double tokens =
        first.rollouts().stream()
            .filter(line -> line.advantage() != null && line.advantage() != 0)
            .mapToInt(line -> line.tokens() == null ? 0 : line.tokens())
            .sum();
    List<LossTerm> update = policy.updates().get(0);
    for (TrainingExample example : update.get(0).examples()) {
      assertEquals(1 / tokens, example.scale()[0], 1e-8);
    }
  }

  /** The problems that a step draws by itself are those that it draws without. */
  @Test
  void theOrderOfProblemsStays() {
    List<StepOutcome> with = steps(new FakePolicy(ODD_ONES), Map.of("algorithm", "grpo"));
    List<StepOutcome> without =
        steps(new FakePolicy(ODD_ONES), Map.of("algorithm", "grpo", "refill.most-rounds", "0"));
    for (int i = 0; i < with.size(); i++) {
      assertEquals(problems(without.get(i)), problems(with.get(i)).subList(0, 4));
      assertFalse(without.get(i).metrics().containsKey("refill.rounds"));
    }
  }

  @Test
  void withoutAnyDifferenceAStepIsIdle() {
    FakePolicy policy = new FakePolicy(NONE);
    for (StepOutcome outcome : steps(policy, Map.of("refill.most-rounds", "2"))) {
      assertEquals(2, outcome.metrics().get("refill.rounds"));
      assertEquals(0L, outcome.metrics().get("refill.learned"));
      assertEquals(12L, outcome.metrics().get("zeroVarianceGroups"));
      assertEquals(0, outcome.metrics().get("updates"));
    }
    assertTrue(policy.updates().isEmpty());
  }

  /** Twenty problems are five rounds; then there is none left that the step has not had. */
  @Test
  void aStepEndsWithTheProblemsThatThereAre() {
    StepOutcome first =
        steps(new FakePolicy(NONE), Map.of("refill.most-rounds", "50", "algorithm", "grpo")).get(0);
    assertEquals(4, first.metrics().get("refill.rounds"));
    assertEquals(80, first.rollouts().size());
  }

  /** With feedback, and sampled beside the update of the step before. */
  @Test
  void aStepThatWasSampledAheadIsContinued() {
    Map<String, String> ahead =
        Map.of(
            "staleness",
            "1",
            "planner",
            "within-group",
            "planner.ratio",
            "0.5",
            "planner.reflect-share",
            "0.5");
    List<StepOutcome> undisturbed = steps(new FakePolicy(ODD_ONES), ahead);
    assertTrue(
        undisturbed.stream()
            .anyMatch(
                outcome ->
                    outcome.rollouts().stream()
                        .anyMatch(
                            line ->
                                line.group() != null
                                    && line.group() >= 4
                                    && "reflect".equals(line.mode()))),
        "groups that were added get feedback, too");
    FakePolicy before = new FakePolicy(ODD_ONES);
    MemoryPool memory = new MemoryPool();
    PendingStep pending;
    try (TrainingStep training = training(before, memory, ahead)) {
      training.run(1);
      training.run(2);
      pending = training.pending().orElseThrow();
    }
    assertTrue(pending.rollouts().size() > 4, "the step that is pending was added to");
    FakePolicy after = new FakePolicy(before.tokenizer(), ODD_ONES, before.version());
    try (TrainingStep training = training(after, memory, ahead)) {
      training.resume(pending);
      for (int step = 3; step <= 4; step++) {
        StepOutcome outcome = training.run(step);
        assertEquals(undisturbed.get(step - 1).rollouts(), outcome.rollouts());
        assertEquals(undisturbed.get(step - 1).metrics(), outcome.metrics());
      }
    }
    assertEquals(2, after.updates().size());
  }
}
