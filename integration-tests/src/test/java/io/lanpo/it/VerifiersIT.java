package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.ProfiledVerifier;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The verifiers as services, and runs on problems whose keys they have to accept first. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class VerifiersIT {
  @OsgiService TrainingService training;

  @OsgiService(filter = "(lanpo.name=math)")
  Verifier math;

  @OsgiService(filter = "(lanpo.name=composite)")
  Verifier composite;

  @TempDir Path folder;

  private static Problem problem(String key) {
    return new Problem(new Question("p", "?"), new AnswerKey(key), Map.of());
  }

  @Test
  void mathematicsHasProfiles() {
    assertEquals(
        List.of("lenient", "strict", "gsm8k", "math"), ((ProfiledVerifier) math).profiles());
    Problem half = problem("\\frac{1}{2}");
    assertTrue(math.accepts(math.verify(half, new Response("so it is \\boxed{0.5}", true))));
    assertTrue(math.accepts(math.verify(half, math.goldResponse(half))));
  }

  @Test
  void aCompositeIsMadeOfTheOthersByItsConfiguration() {
    Problem half = problem("\\frac{1}{2}");
    assertEquals(1, composite.fullReward(), 1e-9);
    assertTrue(composite.accepts(composite.verify(half, composite.goldResponse(half))));
    String why = composite.verify(half, new Response("it is 0.5", true)).explanation();
    assertTrue(why.contains("0.8 * 1 (math: right") && why.contains("0.2 * 0 (format"), why);
  }

  /** What a model of words answers is no program; its reward is 0, and the sandbox says why. */
  @Test
  @Tag("full")
  void aRunOnProgramsBeginsWithTheProblemsWhoseSolutionsPass() throws Exception {
    RunSummary first = SmallRun.run(training, progress -> {}, "steps", "1");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String solution = i == 5 ? "def f(x): return x" : "def f(x):\\n  return x + %d".formatted(i);
      lines.append(
          "{\"id\": \"p%d\", \"problem\": \"dax of 0 4 2 is 8 0 2 . apply dax to %d %d 5 .\", \"tests\": [\"assert f(1) == %d\", \"assert f(0) == %d\"], \"entry_point\": \"f\", \"code\": \"%s\"}\n"
              .formatted(i, i % 5, i % 3, i + 1, i, solution));
    }
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "data",
                Files.writeString(folder.resolve("problems.jsonl"), lines).toString(),
                "model",
                first.folder().resolve("checkpoints/step-000001").toString()));
    UserException refused =
        assertThrows(UserException.class, () -> training.start("tested", settings, progress -> {}));
    Assumptions.assumeFalse(
        refused.getMessage().contains("is missing. Install")
            || refused.getMessage().contains("Allow user namespaces")
            || refused.nextStep().contains("Allow user namespaces"),
        "NOT TESTED, programs cannot be run here: " + refused.getMessage());
    assertTrue(
        refused
            .getMessage()
            .contains("does not accept the gold answers of 1 problem of task jsonl"),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("p5 (answer {\"tests\""), refused.getMessage());
    assertTrue(refused.getMessage().contains("0 of 2 tests passed"), refused.getMessage());

    settings.put("gold-answers", "drop");
    RunSummary run = training.start("tested", settings, progress -> {}).await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    List<String> dropped = Files.readAllLines(run.folder().resolve("dropped.jsonl"));
    assertEquals(1, dropped.size());
    JsonObject line = JsonParser.parseString(dropped.get(0)).getAsJsonObject();
    assertEquals("p5", line.get("problem").getAsString());
    for (JsonObject rollout : RunFiles.of(run).rollouts("scratch")) {
      assertTrue(!rollout.get("problem").getAsString().equals("p5"), rollout.toString());
      assertEquals("scored", rollout.get("verdict").getAsString(), rollout.toString());
      if (rollout.get("finished").getAsBoolean()) {
        assertTrue(
            rollout.get("explanation").getAsString().startsWith("0 of 2 tests passed"),
            rollout.toString());
      }
    }
  }
}
