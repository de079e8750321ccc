package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Runs whose completions are sampled a step ahead: {@code staleness = 1}. */
@ExtendWith(PaxExamExtension.class)
@Timeout(180)
final class StaleRunsIT {
  private static final String[] STALE = {"steps", "12", "staleness", "1"};

  private static @Nullable RunSummary undisturbed;

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @OsgiService(filter = "(lanpo.name=djl)")
  PolicyBackend local;

  @TempDir Path folder;

  @Test
  void theFirstStepIsFreshAndTheOthersLearnFromOlderWeights() throws Exception {
    List<JsonObject> metrics = RunFiles.of(undisturbed()).steps();
    assertEquals(12, metrics.size());
    int corrected = 0;
    int updates = 0;
    for (JsonObject line : metrics) {
      int step = line.get("step").getAsInt();
      assertEquals(updates, line.get("staleness").getAsInt(), "updates before step " + step);
      updates = line.get("updates").getAsInt();
      assertEquals(line.has("lossTokens"), line.has("logProbGap"), "step " + step);
      if (line.has("logProbGap")) {
        double gap = line.get("logProbGap").getAsDouble();
        // scored in other batches than sampled, so not the same bits
        assertTrue(step == 1 ? gap < 1e-4 : gap > 1e-4, "step %d: gap %s".formatted(step, gap));
        assertTrue(gap <= line.get("logProbGap.widest").getAsDouble());
        assertTrue(line.get("importance").getAsDouble() <= 2);
        corrected += step == 1 ? 0 : 1;
      }
    }
    assertTrue(corrected > 0, "no step had anything to learn from");
    RunSummary fresh = SmallRun.run(training, progress -> {}, "steps", "2");
    assertFalse(RunFiles.of(fresh).steps().get(0).has("staleness"), "off by default");
    assertEquals(
        RunFiles.of(fresh).rollouts().get(0), RunFiles.of(undisturbed()).rollouts().get(0));
  }

  @Test
  void whoSamplesBesideTheUpdateGetsTheSameBits() throws Exception {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("lanpo.name", "twin");
    ServiceRegistration<PolicyBackend> twin =
        context.registerService(
            PolicyBackend.class, new TwinPolicyBackend(local, folder), properties);
    try {
      RunSummary run =
          SmallRun.run(training, progress -> {}, "steps", "12", "staleness", "1", "policy", "twin");
      RunFiles.assertSame(undisturbed(), run);
    } finally {
      twin.unregister();
    }
  }

  /** Step 9 was collected with the weights from before step 8, which no checkpoint has. */
  @Test
  void aStoppedRunGoesOnWithWhatItHadCollected() throws Exception {
    RunSummary stopped = SmallRun.run(training, SmallRun.atStep(8, training::stop), STALE);
    assertEquals(RunState.STOPPED, stopped.state());
    Path collected = stopped.folder().resolve("checkpoints/step-000008/next-step.json");
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
}
