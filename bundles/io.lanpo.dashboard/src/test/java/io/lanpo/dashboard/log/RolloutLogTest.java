package io.lanpo.dashboard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutLogTest {
  private static final RolloutFilter ALL = RolloutFilter.ALL;
  private static final String CRAFTED = "</pre><script>alert(1)</script>\u001b[2J\u202e中😀\"\\";

  @TempDir Path folder;
  private RolloutLog log;

  @BeforeEach
  void aLog() throws IOException {
    log = new RolloutLog(folder);
    for (int step = 1; step <= 5; step++) {
      append(line(step, 0, "scratch", "try " + step, "scored", step % 2));
      append(line(step, 1, "abstract", "used " + step, step == 3 ? "failed" : "scored", 1));
    }
  }

  @Test
  void theNewestComeFirstPageByPage() {
    assertEquals(List.of("used 5", "try 5", "used 4"), attempts(log.page(ALL, 1, 3)));
    assertEquals(List.of("try 1"), attempts(log.page(ALL, 4, 3)));
    assertEquals(List.of(), attempts(log.page(ALL, 5, 3)));
    assertEquals(10, log.page(ALL, 1, 3).get("total"));
  }

  @Test
  void filtersByStepModeAndVerdict() {
    assertEquals(List.of("used 3", "try 3"), attempts(log.page(filter(3, "", ""), 1, 9)));
    assertEquals(
        List.of("try 5", "try 3", "try 1"),
        attempts(log.page(filter(null, "scratch", "right"), 1, 9)));
    assertEquals(List.of("try 4", "try 2"), attempts(log.page(filter(null, "", "wrong"), 1, 9)));
    assertEquals(List.of("used 3"), attempts(log.page(filter(null, "", "failed"), 1, 9)));
  }

  @Test
  void filtersByProblemEndAndText() throws IOException {
    append(line(6, 0, "scratch", "Else: a\nlonger one", "scored", 1).replace("\"p\"", "\"q\""));
    append(line(7, 0, "scratch", "try 7", "scored", 1).replaceFirst("}", ",\"finished\":false}"));
    assertEquals(
        List.of("Else: a\nlonger one"),
        attempts(log.page(new RolloutFilter(null, "", "", "q", null, ""), 1, 9)));
    assertEquals(
        List.of("try 7"), attempts(log.page(new RolloutFilter(null, "", "", "", false, ""), 1, 9)));
    assertEquals(11, log.page(new RolloutFilter(null, "", "", "", true, ""), 1, 1).get("total"));
    assertEquals(
        List.of("Else: a\nlonger one"),
        attempts(log.page(new RolloutFilter(null, "", "", "", null, "A\nLONGER"), 1, 9)));
    Map<String, Object> second = log.page(new RolloutFilter(null, "", "", "", null, "try"), 2, 2);
    assertEquals(List.of("try 4", "try 3"), attempts(second));
    assertEquals(6, second.get("total"));
    assertEquals(0, second.get("unsearched"));
  }

  @Test
  void lessonsInAPromptHaveTheirWords() throws IOException {
    Files.writeString(
        folder.resolve("lessons.jsonl"),
        "{\"step\":1,\"lesson\":\"r/1/lesson/0\",\"kind\":\"pitfall\",\"problem\":\"o\",\"text\":\"carry\"}\n");
    append(
        line(6, 0, "abstract", "x", "scored", 1)
            .replaceFirst("}", ",\"lessons\":[\"r/1/lesson/0\",\"other/2/lesson/1\",7]}"));
    assertEquals(
        List.of(
            Map.of("id", "r/1/lesson/0", "kind", "pitfall", "problem", "o", "text", "carry"),
            Map.of("id", "other/2/lesson/1", "kind", "", "problem", "", "text", "")),
        rollouts(log.page(ALL, 1, 1)).get(0).get("shown"));
  }

  @Test
  void whatWasWrittenSinceIsThereAndABrokenEndIsNot() throws IOException {
    log.page(ALL, 1, 1);
    append(line(6, 0, "scratch", CRAFTED, "scored", 1) + "{\"step\":7,\"mo");
    Map<String, Object> page = log.page(ALL, 1, 1);
    assertEquals(List.of(CRAFTED), attempts(page));
    assertEquals(11, page.get("total"));
    append("\n");
    assertEquals(1, log.page(ALL, 1, 1).get("skipped"));
  }

  @Test
  void aReviewIsToldApartFromItsSolutionAndTheAttemptThatItIsAbout() throws IOException {
    JsonObject review = new JsonObject();
    review.addProperty("step", 6);
    review.addProperty("problem", "p");
    review.addProperty("mode", "reflect");
    review.addProperty("prompt", "problem : q attempt : try 4 review :");
    review.addProperty("text", "wrong digit solution : 7");
    review.addProperty("solution", "7");
    review.addProperty("verdict", "scored");
    append(review + "\n");
    Map<String, Object> shown = rollouts(log.page(ALL, 1, 1)).get(0);
    assertEquals("wrong digit solution : ", shown.get("critique"));
    assertEquals("7", shown.get("attempt"));
    assertEquals("try 4", shown.get("earlier"));
  }

  @Test
  void aRunWithoutTheFileHasNone() throws IOException {
    assertEquals(
        0, new RolloutLog(Files.createDirectory(folder.resolve("x"))).page(ALL, 1, 5).get("total"));
  }

  private static RolloutFilter filter(Integer step, String mode, String verdict) {
    return new RolloutFilter(step, mode, verdict, "", null, "");
  }

  private static String line(
      int step, int completion, String mode, String text, String verdict, int reward) {
    JsonObject line = new JsonObject();
    line.addProperty("step", step);
    line.addProperty("group", 0);
    line.addProperty("completion", completion);
    line.addProperty("problem", "p");
    line.addProperty("mode", mode);
    line.addProperty("prompt", "q");
    line.addProperty("text", text);
    line.addProperty("solution", text);
    line.addProperty("verdict", verdict);
    line.addProperty("reward", reward);
    line.addProperty("accepted", verdict.equals("scored") && reward == 1);
    return line + "\n";
  }

  private static List<String> attempts(Map<String, Object> page) {
    return rollouts(page).stream().map(RolloutLogTest::attempt).toList();
  }

  private static String attempt(Map<String, Object> rollout) {
    Object attempt = rollout.get("attempt");
    return attempt instanceof JsonElement json ? json.getAsString() : (String) attempt;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rollouts(Map<String, Object> page) {
    return (List<Map<String, Object>>) page.get("rollouts");
  }

  private void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("rollouts.jsonl"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
