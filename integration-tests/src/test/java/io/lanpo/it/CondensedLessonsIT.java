package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs of LANPO as its paper has it, as far as the policy of the micro-world can: feedback per
 * prompt, and lessons that it condenses before it is shown them.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class CondensedLessonsIT {
  private static final String[] PAPER = {
    "objective", "lanpo-paper",
    "planner", "per-prompt",
    "planner.ratio", "0.5",
    "planner.reflect-share", "0",
    "abstraction", "micro-condensed",
    "problems", "8",
    "steps", "7"
  };

  @OsgiService TrainingService training;

  @OsgiService(filter = "(lanpo.name=chronicle)")
  PoolStore pools;

  @Test
  @Tag("full")
  void whatIsShownIsWhatThePolicyMadeOfLessonsOfOtherProblems() throws Exception {
    RunSummary run = SmallRun.run(training, progress -> {}, PAPER);
    assertEquals(RunState.FINISHED, run.state(), run.message());
    RunFiles files = RunFiles.of(run);
    Map<String, String> lessons;
    try (ExperiencePool pool =
        pools.open(run.folder().resolve("pool"), Settings.defaults(pools.settings()))) {
      lessons =
          pool.lessons().stream()
              .collect(Collectors.toMap(l -> l.lesson().id(), l -> l.lesson().text()));
    }
    List<JsonObject> shown = files.rollouts("abstract");
    assertFalse(shown.isEmpty());
    Set<String> prompts = new HashSet<>();
    for (JsonObject line : shown) {
      String id = line.getAsJsonArray("lessons").get(0).getAsString();
      String text =
          line.get("condensed").isJsonNull()
              ? lessons.get(id)
              : line.get("condensed").getAsString();
      assertEquals(
          "%s problem : %s solution :".formatted(text, line.get("question").getAsString()),
          line.get("prompt").getAsString());
      prompts.add("%s/%s/%s".formatted(line.get("step"), line.get("group"), line.get("prompt")));
    }
    assertEquals(groups(shown), prompts.size(), "a group has one prompt");
    List<JsonObject> metrics = files.steps();
    assertEquals(
        groups(shown), sum(metrics, "lessonsCondensed") + sum(metrics, "lessonsNotCondensed"));
    assertTrue(sum(metrics, "generated.condensing") > 0);
    assertEquals(0, sum(metrics, "generated.judging"));
  }

  private static long groups(List<JsonObject> lines) {
    return lines.stream().map(l -> l.get("step") + "/" + l.get("group")).distinct().count();
  }

  private static long sum(List<JsonObject> metrics, String name) {
    return metrics.stream().mapToLong(line -> line.get(name).getAsLong()).sum();
  }
}
