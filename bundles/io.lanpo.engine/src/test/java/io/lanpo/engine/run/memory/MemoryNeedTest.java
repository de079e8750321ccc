package io.lanpo.engine.run.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.MemoryEstimate.Part;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.Workload;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.fixture.WordTokenizer;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.relative.trainingfree.NoObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final long GIB = 1L << 30;
  private static final MemoryEstimate POLICY =
      new MemoryEstimate(
          List.of(
              new Part("weights", GIB / 2, ""),
              new Part("optimizer", GIB, ""),
              new Part("activations", 6 * GIB, "lower policy.batch-tokens"),
              new Part("KV cache", 2 * GIB, "lower problems or group-size")));
  private static final MemoryEstimate NONE = new MemoryEstimate(List.of());

  @Test
  void aRunThatFitsIsNotRefused() {
    MemoryNeed need = MemoryNeed.of(POLICY, NONE, NONE, GIB / 4, 3 * GIB / 4, 10 * GIB);
    assertEquals(10 * GIB + GIB / 2, need.bytes());
    assertEquals(10 * GIB + 3 * GIB / 4, need.availableBytes());
    assertTrue(need.fits());
  }

  @Test
  void theRefusalIsATableAndSaysWhatWouldHelp() {
    MemoryNeed need =
        MemoryNeed.of(
            POLICY,
            new MemoryEstimate(List.of(new Part("weights", GIB / 2, ""))),
            new MemoryEstimate(List.of(new Part("policy for text: weights", GIB / 4, ""))),
            0,
            GIB,
            6 * GIB);
    assertFalse(need.fits());
    UserException refusal = need.refusal();
    assertEquals(
        List.of(
            "the run does not fit into this machine's memory:",
            "  activations                   6.00 GiB",
            "  KV cache                      2.00 GiB",
            "  Java and libraries            1.00 GiB",
            "  optimizer                     1.00 GiB",
            "  weights                       0.50 GiB",
            "  reference policy: weights     0.50 GiB",
            "  policy for text: weights      0.25 GiB",
            "  in all                       11.25 GiB",
            "  available                     7.00 GiB"),
        refusal.getMessage().lines().toList());
    assertEquals(
        "What makes it smaller: lower policy.batch-tokens; lower problems or group-size; objective.kl = 0"
            + " needs no reference policy. memory.check=warn tries it all the same.",
        refusal.nextStep());
  }

  @Test
  void aMachineThatTellsNothingHasRoomForEverything() {
    assertTrue(MemoryNeed.of(POLICY, NONE, NONE, 0, GIB, Long.MAX_VALUE).fits());
  }

  @Test
  void aTrainingStepAndAnEvaluationAreReckonedWith() {
    RunSettings settings =
        RunSettings.of(
            Settings.of(
                "test",
                RunSettings.DECLARED,
                Map.of(
                    "problems", "4",
                    "group-size", "6",
                    "evaluation.samples", "2",
                    "evaluation.final-problems", "50",
                    "sampling.max-tokens", "160",
                    "sampling.max-review-tokens", "256",
                    "sampling.max-lesson-tokens", "64")));
    Workload written = new Workload(24, 6, 300, 256, true, 0);
    Workload evaluated = new Workload(100, 1, 300, 256, true, 0);
    assertEquals(
        List.of(written, new Workload(24, 6, 300, 256, true), evaluated),
        MemoryCheck.workloads(settings, new Learns(true, 1), 300, 300).toList());
    assertEquals(
        List.of(written, new Workload(12, 6, 300, 160, true), evaluated),
        MemoryCheck.workloads(settings, new Learns(false, 3), 300, 300).toList(),
        "solutions without reviews, and two groups of four for each of three updates");
    assertEquals(
        List.of(new Workload(24, 6, 300, 256, false, 0), new Workload(100, 1, 300, 256, false, 0)),
        MemoryCheck.workloads(
                settings, new NoObjective().open(Settings.defaults(List.of())), 300, 300)
            .toList(),
        "what does not learn has no optimiser");
  }

  /** It is a policy of its own then, with adapters, too, and has what an optimiser keeps. */
  @Test
  void aRenewedReferenceTakesAPolicyMore() {
    assertEquals(List.of(), reference());
    assertEquals(List.of("beside 100"), reference("objective.kl", "0.1"));
    assertEquals(
        List.of("a policy of 100, true"),
        reference("objective.kl", "0.1", "objective.reference-refresh", "5"));
  }

  /** The parts of the reference's memory, by what is said of the policy. */
  private static List<String> reference(String... values) {
    List<String> all =
        new ArrayList<>(List.of("memory.check", "warn", "memory.prompt-tokens", "100"));
    all.addAll(List.of(values));
    FakeMethod method = FakeMethod.of(all.toArray(String[]::new));
    FakeStrategies strategies = new FakeStrategies();
    MethodComponents parts =
        method.parts(
            Problems.task(1, 1),
            FakeVerifier.otherwise(0),
            strategies,
            strategies,
            new MemoryPool());
    MemoryUser policy =
        new MemoryUser() {
          @Override
          public MemoryEstimate memory(Workload w) {
            return one("a policy of %d, %s".formatted(w.promptTokens(), w.training()));
          }

          @Override
          public MemoryEstimate reference(Workload w) {
            return one("beside " + w.promptTokens());
          }

          @Override
          public Tokenizer tokenizer() {
            return new WordTokenizer();
          }
        };
    MemoryUser none = new AuxiliaryNone();
    return new MemoryCheck(
            method.settings(), parts, parts, method.learning().objective().instance(), policy, none)
        .check().orElseThrow().parts().stream()
            .map(Part::name)
            .filter(name -> name.startsWith("reference policy: "))
            .map(name -> name.replace("reference policy: ", ""))
            .toList();
  }

  private static MemoryEstimate one(String name) {
    return new MemoryEstimate(List.of(new Part(name, 1, "")));
  }

  /** No policy for text. */
  private static final class AuxiliaryNone implements MemoryUser {
    @Override
    public MemoryEstimate memory(Workload workload) {
      return NONE;
    }

    @Override
    public Tokenizer tokenizer() {
      return new WordTokenizer();
    }
  }

  private record Learns(boolean trainsFeedbackPrompts, int miniBatches)
      implements Objective.Learning {
    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      throw new AssertionError("an estimate asks for none");
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      throw new AssertionError("an estimate asks for none");
    }
  }
}
