package io.lanpo.engine.health.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.train.Finding;
import io.lanpo.engine.health.Lines;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule on lines of metrics: what it says, and that it says nothing just below its threshold.
 */
class RulesTest {
  private static final Object[] IDLE = {
    "updates", 0, "loss.policy-gradient", null, "zeroVarianceGroups", 3
  };

  private static Object[] idle(Object... changes) {
    return Stream.concat(Stream.of(IDLE), Stream.of(changes)).toArray();
  }

  private static Object[] of(Object... changes) {
    return changes;
  }

  /** Changes in the lines; settings; the one finding, as kind, setting and sentence. */
  static Stream<Arguments> findings() {
    return Stream.of(
        row(
            of("unscored", 11, "example", Map.of("ending", "x", "explanation", "no key")),
            List.of(),
            "unscored",
            "verifier",
            "the verifier gave no reward to 55 of 60 completions of steps 6 to 10; of one the"
                + " verifier says: \"no key\"; correct the answer keys, or set another verifier than"
                + " verifier = exact"),
        row(
            idle("truncated.scratch", 1.0, "truncated.abstract", 1.0, "allWrongGroups", 3),
            List.of(),
            "cut-off",
            "sampling.max-tokens",
            "45 of 45 completions of steps 6 to 10 were cut off at the length limit before they"
                + " ended; raise sampling.max-tokens = 24"),
        row(
            of("truncated.reflect", 1.0),
            List.of(),
            "reviews-cut-off",
            "sampling.max-review-tokens",
            "15 of 15 reviews of steps 6 to 10 were cut off at the length limit before they ended;"
                + " raise sampling.max-review-tokens = 88"),
        row(
            idle(
                "answered",
                0.0,
                "allWrongGroups",
                3,
                "accuracy",
                0.0,
                "example",
                Map.of(
                    "ending", "so it is 4\u001b[2J", "explanation", "found by none of [boxed].")),
            List.of("task.prompt", "Q"),
            "no-answer",
            "task.prompt",
            "no final answer is found in 60 of 60 finished completions of steps 6 to 10; one ends"
                + " \"so it is 4\ufffd[2J\"; of one the verifier says: \"found by none of [boxed].\";"
                + " ask for that form in task.prompt, or give the verifier (verifier = exact) the"
                + " markers that the policy writes"),
        row(
            idle("accuracy", 0.0, "reward", 0.1, "rewardStd", 0.0, "allWrongGroups", 3),
            List.of(),
            "form-alone",
            "verifier",
            "all 60 completions of steps 6 to 10 got the reward 0.1 and none was accepted as right:"
                + " it is for their form alone; take easier problems, or a verifier other than"
                + " verifier = exact that tells them apart"),
        row(
            idle("allWrongGroups", 3),
            List.of(),
            "too-hard",
            "task",
            "no completion was right in 15 of the 15 groups of steps 6 to 10, so that none stands"
                + " out; take easier problems, a longer cold start or a better model, or raise"
                + " group-size = 4"),
        row(
            idle("allRightGroups", 3),
            List.of(),
            "too-easy",
            "task",
            "every completion was right in 15 of the 15 groups of steps 6 to 10, so that none"
                + " stands out; take harder problems than those of task = micro-world"),
        row(
            idle("allRightGroups", 1, "allWrongGroups", 2),
            List.of(),
            "no-variance",
            "group-size",
            "within each of the 15 groups of steps 6 to 10 all completions were rewarded alike;"
                + " raise group-size = 4 or sampling.temperature = 1.0"),
        row(
            idle("allWrongGroups", 3),
            List.of("sampling.temperature", "0.01"),
            "no-variance",
            "sampling.temperature",
            "within each of the 15 groups of steps 6 to 10 all completions were rewarded alike;"
                + " raise sampling.temperature = 0.01"),
        row(
            of("zeroVarianceGroups", 3, "allWrongGroups", 3),
            List.of("objective.kl", "0.1"),
            "too-hard",
            "task",
            "no completion was right"),
        row(
            of("learningRate", 0.0),
            List.of("optimizer.learning-rate", "0"),
            "learning-rate-zero",
            "optimizer.learning-rate",
            "the learning rate was 0 in steps 6 to 10, so that updates changed nothing; raise"
                + " optimizer.learning-rate = 0"),
        row(
            of("learningRate", 0.0),
            List.of("schedule", "linear"),
            "learning-rate-zero",
            "schedule",
            "the learning rate was 0"),
        row(
            of("updates", 1, "loss.policy-gradient", null, "loss.replay", 0.2),
            List.of("objective.feedback-weight", "0", "objective.distillation", "0"),
            "no-update",
            "objective.feedback-weight",
            "no update was learned from the completions of steps 6 to 10, though in 15 of 15 groups"
                + " some stand out by their reward; change objective.feedback-weight = 0"),
        row(
            of("updates", 0, "loss.policy-gradient", null),
            List.of("objective.negative-weight", "0"),
            "no-update",
            "objective.negative-weight",
            "no update was learned"),
        row(
            of("updates", 0, "loss.policy-gradient", null, "truncated", 0.5),
            List.of("objective.mask-truncated", "true"),
            "no-update",
            "objective.mask-truncated",
            "no update was learned"),
        row(
            of("updates", 0, "loss.policy-gradient", null),
            List.of(),
            "no-update",
            "objective",
            "no update was learned"),
        row(
            of("completions.reflect", 0),
            List.of(),
            "no-reviews",
            "attempts",
            "reviews are planned, but none was sampled in steps 6 to 10: attempts = step had none to"
                + " show, of 30 plain completions"),
        row(
            of("completions.reflect", 0, "strategyFailures", 2),
            List.of("reflection", "micro"),
            "no-reviews",
            "reflection",
            "reviews are planned, but none was sampled in steps 6 to 10: strategies failed 10 times;"
                + " see the log, and change reflection = micro"),
        row(
            of("completions.abstract", 0),
            List.of(),
            "no-lessons",
            "feedback.floor",
            "lessons are planned, but none was shown in steps 6 to 10: none of the pool's 7 is of"
                + " another problem that is relevant enough; lower feedback.floor = 0.6"),
        row(
            of("completions.abstract", 0, "poolLessons", 0),
            List.of("distil.enabled", "false"),
            "no-lessons",
            "distil.enabled",
            "lessons are planned, but none was shown in steps 6 to 10: the pool has none, and"
                + " distil.enabled = false"),
        row(
            of("completions.abstract", 0, "poolLessons", 0),
            List.of("distil.enabled", "true", "abstraction", "micro"),
            "no-lessons",
            "abstraction",
            "lessons are planned"),
        row(
            of("entropy", 0.04),
            List.of(),
            "entropy-collapse",
            "optimizer.learning-rate",
            "the policy's entropy fell from 1 to 0.04 nats a token by steps 6 to 10, while the"
                + " accuracy is 0.5; lower optimizer.learning-rate = 0.001, or give"
                + " objective.entropy a bonus"),
        row(
            of("logProbGap", 0.06),
            List.of("policy.rollout-precision", "int8"),
            "log-prob-gap",
            "policy.rollout-precision",
            "log-probabilities of sampling and of learning differ by 0.06 nats a token in steps 6 to"
                + " 10, 0.001 at first; raise policy.rollout-precision = int8, or set"
                + " objective.correction = always"),
        row(
            of("kl", 1.5),
            List.of("objective.kl", "0.001"),
            "kl-explosion",
            "optimizer.learning-rate",
            "the policy is 1.5 nats a token away from the one before step 1 in steps 6 to 10; lower"
                + " optimizer.learning-rate = 0.001 or raise objective.kl = 0.001"),
        row(
            of("kl", 1.5),
            List.of("objective.kl", "0.001", "objective.reference-refresh", "20"),
            "kl-explosion",
            "optimizer.learning-rate",
            "the policy is 1.5 nats a token away from its reference in steps 6 to 10; lower"
                + " optimizer.learning-rate = 0.001 or raise objective.kl = 0.001"),
        row(
            of("clippedShare", 0.95),
            List.of("objective.clip-low", "0", "objective.clip-high", "0"),
            "clipped",
            "objective.clip-high",
            "0.95 of all tokens that were learned from in steps 6 to 10 were clipped and taught"
                + " nothing; widen objective.clip-low = 0 and objective.clip-high = 0, or lower"
                + " optimizer.learning-rate = 0.001"));
  }

  private static Arguments row(
      Object[] changes, List<String> set, String kind, String setting, String sentence) {
    return Arguments.of(changes, set, new Finding(kind, sentence, setting));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("findings")
  void aRuleSaysWhatIsWrongAndWhatToChange(Object[] changes, List<String> set, Finding wanted) {
    List<Finding> said = found(set, changes);
    assertEquals(1, said.size(), said.toString());
    assertEquals(wanted.kind(), said.get(0).kind());
    assertEquals(wanted.setting(), said.get(0).setting());
    assertTrue(
        said.get(0).sentence().startsWith(wanted.sentence()),
        "%s is not %s".formatted(said.get(0).sentence(), wanted.sentence()));
  }

  /** Changes that come close. */
  static Stream<Arguments> healthy() {
    return Stream.of(
        Arguments.of((Object) of()),
        Arguments.of((Object) of("unscored", 10)),
        Arguments.of((Object) of("truncated.scratch", 1.0, "truncated.abstract", 0.6)),
        Arguments.of((Object) of("truncated.reflect", 0.85)),
        Arguments.of((Object) of("answered", 0.2)),
        Arguments.of((Object) of("accuracy", 0.0, "reward", 0.1, "rewardStd", 0.01)),
        Arguments.of((Object) of("accuracy", 0.0, "reward", 0.0, "rewardStd", 0.0)),
        Arguments.of((Object) of("zeroVarianceGroups", 2)),
        // an objective that learns from something else than rewards
        Arguments.of((Object) of("zeroVarianceGroups", 3)),
        Arguments.of((Object) of("entropy", 0.06)),
        // that is how one ends that has learned its task
        Arguments.of((Object) of("entropy", 0.001, "accuracy", 0.95)),
        Arguments.of((Object) of("logProbGap", 0.04)),
        Arguments.of((Object) of("kl", 0.9)),
        Arguments.of((Object) of("clippedShare", 0.8)));
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void whatComesCloseIsNotReported(Object[] changes) {
    assertEquals(List.of(), found(List.of(), changes));
  }

  /** Where all is cut off there is no answer, no group with variance and no update either. */
  @Test
  void aConsequenceGoesWithoutSaying() {
    Object[] all =
        idle(
            "truncated",
            1.0,
            "truncated.scratch",
            1.0,
            "truncated.reflect",
            1.0,
            "truncated.abstract",
            1.0,
            "completions.reflect",
            0,
            "completions.abstract",
            0,
            "poolLessons",
            0,
            "allWrongGroups",
            3,
            "accuracy",
            0.0);
    List<Finding> said = found(List.of(), all);
    assertEquals(
        List.of("cut-off", "no-reviews", "no-lessons"), said.stream().map(Finding::kind).toList());
    said.forEach(finding -> assertEquals("sampling.max-tokens", finding.setting()));
  }

  @Test
  void aRunThatIsNotMeantToLearnIsNotAtFault() {
    RunFacts frozen =
        new RunFacts(Map.of("objective", "none"), Set.of(FeedbackMode.SCRATCH), false);
    List<Finding> found =
        Rules.findings(Lines.steps("updates", 0, "loss.policy-gradient", null), frozen);
    assertEquals(1, found.size(), found.toString());
    assertFalse(found.get(0).fault());
    assertEquals(
        "objective = none does not learn: the policy stays as it is, and what the run finds out"
            + " goes into its pool",
        found.get(0).sentence());
  }

  @Test
  void feedbackThatIsNotPlannedIsNotMissed() {
    RunFacts plain = new RunFacts(Map.of(), Set.of(FeedbackMode.SCRATCH), true);
    assertEquals(
        List.of(),
        Rules.findings(Lines.steps("completions.reflect", 0, "completions.abstract", 0), plain));
  }

  private static List<Finding> found(List<String> set, Object... changes) {
    return Rules.findings(Lines.steps(changes), Lines.run(set.toArray(String[]::new)));
  }
}
