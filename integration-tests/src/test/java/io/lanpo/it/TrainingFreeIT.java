package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Training-Free GRPO with curated lessons leaks nothing. The micro policy solves little after so
 * short a cold start, so groups are large. {@link MethodsIT} repeats such runs.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
@Tag("full")
final class TrainingFreeIT {
  @OsgiService TrainingService training;

  @Test
  void whatIsShownWasLearnedFromGroupsOfOtherProblemsWithBoth() throws Exception {
    RunSummary run =
        SmallRun.run(
            training,
            progress -> {},
            ("objective=none abstraction=group-contrast-micro lessons=curated lessons.trial=0.5"
                    + " steps=6 problems=8 group-size=24")
                .split("[ =]"));
    RunFiles files = RunFiles.of(run);
    Map<String, Set<Boolean>> outcomes = new HashMap<>();
    for (String mode : List.of("scratch", "abstract", "reflect")) {
      for (JsonObject line : files.rollouts(mode)) {
        outcomes
            .computeIfAbsent(group(line), g -> new HashSet<>())
            .add(line.get("accepted").getAsBoolean());
      }
    }
    Map<String, JsonObject> lessons = new HashMap<>();
    for (String line : Files.readAllLines(run.folder().resolve("lessons.jsonl"))) {
      JsonObject lesson = JsonParser.parseString(line).getAsJsonObject();
      assertEquals(Set.of(true, false), outcomes.get(group(lesson)), line);
      assertEquals("principle", text(lesson, "kind"));
      lessons.put(text(lesson, "lesson"), lesson);
    }
    assertFalse(lessons.isEmpty());
    for (JsonObject line : files.rollouts("abstract")) {
      assertEquals(1, line.getAsJsonArray("lessons").size());
      JsonObject lesson =
          Objects.requireNonNull(lessons.get(line.getAsJsonArray("lessons").get(0).getAsString()));
      assertNotEquals(text(line, "problem"), text(lesson, "problem"));
      assertTrue(lesson.get("step").getAsInt() < line.get("step").getAsInt());
    }
    for (JsonObject step : files.steps()) {
      assertEquals(0, step.get("updates").getAsInt());
    }
  }

  private static String group(JsonObject line) {
    return line.get("step") + " " + text(line, "question");
  }

  private static String text(JsonObject object, String member) {
    return object.get(member).getAsString();
  }
}
