package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The relatives of the method leak no more than they say. {@link MethodsIT} repeats them. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
@Tag("full")
final class RelativesIT {
  private static final String EXPERIENTIAL =
      "planner=experiential attempts=failed objective=experiential";
  private static final String SELF_DISTILLATION =
      "objective=self-distillation objective.feedback=sibling";

  @OsgiService TrainingService training;

  private RunSummary run(String relative) throws InterruptedException {
    return SmallRun.run(training, progress -> {}, (relative + " steps=8 problems=8").split("[ =]"));
  }

  @Test
  void aReviewOfWhatFailedSeesAnAttemptThatWasNotAcceptedAndNothingElse() throws Exception {
    RunFiles files = RunFiles.of(run(EXPERIENTIAL));
    Map<String, Set<String>> failed = new HashMap<>();
    for (JsonObject line : files.rollouts("scratch")) {
      if (!line.get("accepted").getAsBoolean()) {
        failed.computeIfAbsent(place(line), p -> new HashSet<>()).add(text(line, "text"));
      }
    }
    assertFalse(files.rollouts("reflect").isEmpty());
    for (JsonObject review : files.rollouts("reflect")) {
      String prompt = text(review, "prompt");
      String before = "problem : " + text(review, "question") + " attempt : ";
      String after = " review :";
      assertTrue(prompt.startsWith(before) && prompt.endsWith(after), prompt);
      String shown = prompt.substring(before.length(), prompt.length() - after.length());
      assertTrue(failed.getOrDefault(place(review), Set.of()).contains(shown), prompt);
    }
    JsonObject selector =
        files.manifest().getAsJsonObject("components").getAsJsonObject("attempts");
    assertEquals("verdicts", text(selector.getAsJsonObject("properties"), "sees"));
  }

  @Test
  void nothingIsSampledUnderTheFeedbackOfSelfDistillation() throws Exception {
    RunFiles files = RunFiles.of(run(SELF_DISTILLATION));
    assertTrue(files.steps().stream().allMatch(s -> s.has("selfDistillation.taught")));
    for (JsonObject line : files.rollouts("scratch")) {
      assertEquals("problem : " + text(line, "question") + " solution :", text(line, "prompt"));
    }
    for (JsonObject review : files.rollouts("reflect")) {
      assertTrue(text(review, "prompt").startsWith("problem : "), text(review, "prompt"));
    }
  }

  private static String place(JsonObject line) {
    return line.get("step") + " " + text(line, "problem");
  }

  private static String text(JsonObject object, String member) {
    return object.get(member).getAsString();
  }
}
