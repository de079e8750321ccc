package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Runs whose completions are sampled a step ahead: {@code staleness = 1}. Every second completion
 * is rewarded, whatever it says, so that there is something to learn in every step.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class StaleRunsIT {
  private static final String[] STALE = {
    "steps", "7", "staleness", "1", "verifier", "every-second"
  };

  private static @Nullable RunSummary undisturbed;

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @OsgiService(filter = "(lanpo.name=djl)")
  PolicyBackend local;

  @OsgiService(filter = "(lanpo.name=exact)")
  Verifier exact;

  @TempDir Path folder;

  private ServiceRegistration<Verifier> verifier;

  @BeforeEach
  void rewardEverySecond() {
    verifier =
        context.registerService(
            Verifier.class,
            new EverySecond(exact),
            FrameworkUtil.asDictionary(Map.of("lanpo.name", "every-second")));
  }

  @AfterEach
  void takeBack() {
    verifier.unregister();
  }

  @Test
  void theFirstStepIsFreshAndTheOthersLearnFromOlderWeights() throws Exception {
    List<JsonObject> metrics = RunFiles.of(undisturbed()).steps();
    assertEquals(7, metrics.size());
    int updates = 0;
    for (JsonObject line : metrics) {
      int step = line.get("step").getAsInt();
      assertEquals(updates, line.get("staleness").getAsInt(), "updates before step " + step);
      updates = line.get("updates").getAsInt();
      assertTrue(updates > 0, "step " + step);
      double gap = line.get("logProbGap").getAsDouble();
      // the same weights differ by rounding (some 1e-7), as they score in other batches than they
      // sample; two updates of these sizes differ by some 1e-2
      assertTrue(step == 1 ? gap < 1e-4 : gap > 1e-3, "step %d: gap %s".formatted(step, gap));
      assertTrue(gap <= line.get("logProbGap.widest").getAsDouble());
      assertTrue(line.get("importance").getAsDouble() <= 2);
    }
    RunSummary fresh =
        SmallRun.run(training, progress -> {}, "steps", "2", "verifier", "every-second");
    JsonObject first = RunFiles.of(fresh).steps().get(0);
    assertFalse(first.has("staleness"), "off by default");
    assertFalse(first.has("importance"), "nothing is corrected");
    assertTrue(first.get("logProbGap").getAsDouble() < 1e-4, "the update tells it");
    assertEquals(
        RunFiles.of(fresh).rollouts().get(0), RunFiles.of(undisturbed()).rollouts().get(0));
  }

  /** The same weights, in bf16: sampling and update differ by some roundings to eight bits. */
  @Test
  @Tag("full")
  void inBf16TheCorrectionIsThatOfRounding() throws Exception {
    RunSummary run =
        SmallRun.run(
            training,
            progress -> {},
            "steps",
            "2",
            "verifier",
            "every-second",
            "policy.precision",
            "bf16",
            "objective.correction",
            "always");
    for (JsonObject line : RunFiles.of(run).steps()) {
      double gap = line.get("logProbGap").getAsDouble();
      assertTrue(gap > 0 && gap < .05, "gap " + gap);
      assertEquals(1, line.get("importance").getAsDouble(), .05);
      assertEquals(0, line.get("importance.capped").getAsDouble(), "nothing is far off");
    }
  }

  /**
   * With one worker: several divide what is sampled ahead among them otherwise than all of it at
   * once, which rounds otherwise.
   */
  @Test
  @Tag("full")
  void whoSamplesBesideTheUpdateGetsTheSameBits() throws Exception {
    ServiceRegistration<PolicyBackend> twin =
        context.registerService(
            PolicyBackend.class,
            new TwinPolicyBackend(local, folder),
            FrameworkUtil.asDictionary(Map.of("lanpo.name", "twin")));
    try {
      List<String> settings = new ArrayList<>(List.of(STALE));
      settings.addAll(List.of("policy.workers", "1"));
      RunSummary byTurns = SmallRun.run(training, progress -> {}, settings.toArray(String[]::new));
      settings.addAll(List.of("policy", "twin"));
      RunSummary beside = SmallRun.run(training, progress -> {}, settings.toArray(String[]::new));
      RunFiles.assertSame(byTurns, beside);
    } finally {
      twin.unregister();
    }
  }

  /** Step 5 was collected with the weights from before step 4, which no checkpoint has. */
  @Test
  void aStoppedRunGoesOnWithWhatItHadCollected() throws Exception {
    RunSummary stopped = SmallRun.run(training, SmallRun.atStep(4, training::stop), STALE);
    assertEquals(RunState.STOPPED, stopped.state());
    Path collected = stopped.folder().resolve("checkpoints/step-000004/next-step.json");
    Path away = folder.resolve("next-step.json");
    Files.move(collected, away);
    UserException e =
        assertThrows(
            UserException.class, () -> training.resume(stopped.id(), progress -> {}).await());
    assertTrue(e.getMessage().contains("next-step.json is missing"), e.getMessage());

    Files.move(away, collected);
    RunFiles.assertSame(undisturbed(), training.resume(stopped.id(), progress -> {}).await());
  }

  private RunSummary undisturbed() throws InterruptedException {
    RunSummary run = undisturbed;
    if (run == null) {
      run = SmallRun.run(training, progress -> {}, STALE);
      undisturbed = run;
    }
    return run;
  }

  /** Rewards a completion by its text's hash code; gold answers are right as usual. */
  private record EverySecond(Verifier exact) implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return response.equals(goldResponse(problem))
          ? exact.verify(problem, response)
          : new Verdict.Scored(response.text().hashCode() & 1, "by its hash code");
    }

    @Override
    public Response goldResponse(Problem problem) {
      return exact.goldResponse(problem);
    }
  }
}
