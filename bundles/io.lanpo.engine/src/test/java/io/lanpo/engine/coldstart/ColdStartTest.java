package io.lanpo.engine.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeCurriculum;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.rollout.MethodComponents;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartTest {
  private static ColdStart.Outcome train(FakePolicy policy, String... values) {
    return coldStart(values).train(policy, (step, total, loss) -> true);
  }

  private static ColdStart coldStart(String... values) {
    RunSettings settings = Problems.settings(values);
    return new ColdStart(settings.coldStart(), new FakeCurriculum(), new Randomness(1));
  }

  @Test
  void aPolicyThatPassesItsExamsIsDone() {
    FakePolicy policy = new FakePolicy((prompt, random) -> "passed");
    ColdStart.Outcome outcome = train(policy, "coldstart.steps", "5", "coldstart.extensions", "3");
    assertTrue(outcome.completed() && outcome.passed(), outcome.toString());
    assertEquals(5, outcome.steps());
    assertEquals(5, policy.updates().size());
  }

  @Test
  void theExamsAreRepeatedAfterEachExtensionAndTheGateIsASentence() {
    FakePolicy policy = new FakePolicy((prompt, random) -> "failed");
    String[] values = {
      "coldstart.steps", "5", "coldstart.extensions", "2", "coldstart.extension-steps", "3"
    };
    ColdStart.Outcome outcome = train(policy, values);
    assertTrue(outcome.completed());
    assertFalse(outcome.passed());
    assertEquals(11, outcome.steps());
    UserException refusal = coldStart(values).refusal(outcome);
    assertEquals(
        "after a cold start of 11 steps the policy does not pass: execute 0 % (required 90 %)",
        refusal.getMessage());
    assertTrue(refusal.nextStep().contains("coldstart.gate=warn"), refusal.nextStep());
  }

  @Test
  void aStopIsHeardBetweenSteps() {
    FakePolicy policy = new FakePolicy((prompt, random) -> "passed");
    ColdStart.Outcome outcome =
        coldStart("coldstart.steps", "50").train(policy, (step, total, loss) -> step < 4);
    assertFalse(outcome.completed());
    assertEquals(4, policy.updates().size());
  }

  private static RejectionSamplingResult sampled(double otherwise, String... values) {
    return sampled(new FakeStrategies(), otherwise, values);
  }

  private static RejectionSamplingResult sampled(
      FakeStrategies strategies, double otherwise, String... values) {
    FakeMethod method = Problems.method(values);
    RunSettings settings = method.settings();
    MethodComponents parts =
        method.parts(
            Problems.task(12, 0),
            FakeVerifier.otherwise(otherwise),
            strategies,
            strategies,
            new MemoryPool());
    return new RejectionSampling(
            settings.coldStart().own(), settings.sampling(), parts, 16, new Randomness(2))
        .sample(new FakePolicy(Problems.HALF), (phase, done, total, soFar) -> true)
        .orElseThrow();
  }

  /** What is partly right, such as a program that passes six of ten tests, demonstrates nothing. */
  @Test
  void onlyAcceptedAnswersBecomeDemonstrations() {
    RejectionSamplingResult binary = sampled(0);
    RejectionSamplingResult partly = sampled(0.6);
    assertFalse(binary.kept().isEmpty());
    assertEquals(texts(binary), texts(partly));
    for (SampledDemonstration kept : partly.kept()) {
      if (kept.kind() != SampledDemonstration.Kind.LESSON) {
        assertEquals(kept.problem(), "p" + kept.text(), "only the key itself is right");
      }
    }
  }

  /** What is learned is what a run will ask for. */
  @Test
  void answersWithLessonsAreUnderThePromptsOfARun() {
    List<SampledDemonstration> asTheyAre = withLessons(sampled(0));
    assertFalse(asTheyAre.isEmpty());
    asTheyAre.forEach(k -> assertTrue(k.prompt().startsWith("lessons "), k.prompt()));
    List<SampledDemonstration> condensed = withLessons(sampled(FakeStrategies.thatCondense(), 0));
    assertFalse(condensed.isEmpty());
    condensed.forEach(k -> assertTrue(k.prompt().startsWith("condensed "), k.prompt()));
  }

  private static List<SampledDemonstration> withLessons(RejectionSamplingResult result) {
    return result.kept().stream()
        .filter(k -> k.kind() == SampledDemonstration.Kind.ANSWER_WITH_LESSONS)
        .toList();
  }

  @Test
  void noMoreIsKeptPerProblemThanIsWanted() {
    RejectionSamplingResult result = sampled(0, "coldstart.keep", "1", "coldstart.samples", "8");
    long answers =
        result.kept().stream()
            .filter(k -> k.kind() == SampledDemonstration.Kind.ANSWER)
            .map(SampledDemonstration::problem)
            .distinct()
            .count();
    assertEquals(
        answers,
        result.kept().stream().filter(k -> k.kind() == SampledDemonstration.Kind.ANSWER).count());
  }

  private static List<String> texts(RejectionSamplingResult result) {
    return result.kept().stream().map(k -> k.kind() + " " + k.problem() + " " + k.text()).toList();
  }
}
