package io.lanpo.metrics.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.Score;
import io.lanpo.metrics.mlflow.RecordingServer.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowSinkTest {
  private static final String TOKEN = "not-to-be-seen";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private RecordingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Recording open(int step, Map<String, String> settings) {
    return open(step, settings, Map.of());
  }

  private Recording open(int step, Map<String, String> settings, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(Map.of("url", server.url(), "retries", "0"));
    all.putAll(options);
    return new MlflowSink(
            "mine",
            all,
            name -> name.startsWith("MLFLOW") ? TOKEN : null,
            Duration.ZERO,
            warnings::add)
        .open(
            new RecordedRun(
                "micro-1",
                "micro",
                folder,
                Instant.ofEpochMilli(5000),
                settings,
                Map.of("verifier", "exact, b 1 (x)"),
                step));
  }

  private Map<String, String> logged(String what) {
    Map<String, String> all = new TreeMap<>();
    for (Asked batch : server.asked("runs/log-batch")) {
      JsonArray values =
          batch.body().has(what) ? batch.body().getAsJsonArray(what) : new JsonArray();
      assertTrue(values.size() <= 100, values.size() + " in a batch");
      for (JsonElement one : values) {
        all.put(
            one.getAsJsonObject().get("key").getAsString()
                + (what.equals("metrics") ? "@" + one.getAsJsonObject().get("step") : ""),
            one.getAsJsonObject().get("value").getAsString());
      }
    }
    return all;
  }

  @Test
  void aRunIsToldWithParametersStepsAndItsEnd() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < 250; i++) {
      settings.put("key-%03d".formatted(i), "value " + i);
    }
    settings.put("long", "x".repeat(7000));
    settings.put("odd(name)", "");
    try (Recording recording = open(0, settings)) {
      assertEquals(0, recording.last());
      recording.step(new RecordedStep(1, 6.5, Map.of("reward.scratch", 0.5, "kl", Double.NaN)));
      Map<EvaluationMode, Score> scores =
          Map.of(EvaluationMode.ZERO_SHOT, new Score(0.25, 0, 1, 1, 0, 1));
      recording.evaluated(new RecordedEvaluation(1, 7, false, scores, List.of()));
      recording.evaluated(new RecordedEvaluation(1, 8, true, scores, List.of()));
      recording.ended(RunState.FAILED, 1, "oh");
    }
    Asked created = server.asked("runs/create").get(0);
    assertEquals(
        "{\"experiment_id\":\"1\",\"run_name\":\"micro-1\",\"start_time\":5000}",
        created.body().toString());
    assertEquals("Bearer " + TOKEN, created.authorization());
    Map<String, String> parameters = logged("params");
    assertEquals(252, parameters.size());
    assertEquals("value 7", parameters.get("key-007"));
    assertEquals("", parameters.get("odd_name_"));
    assertEquals(6000, parameters.get("long").length());
    assertTrue(parameters.get("long").endsWith("x … (cut; 7000 characters)"));
    assertEquals(
        Map.of("reward.scratch@1", "0.5", "full-evaluation.zero-shot@1", "0.25"),
        logged("metrics"));
    assertEquals("exact, b 1 (x)", logged("tags").get("lanpo.verifier"));
    assertEquals("oh", logged("tags").get("lanpo.message"));
    List<String> status =
        server.asked("runs/update").stream()
            .map(asked -> asked.body().get("status").getAsString())
            .toList();
    assertEquals(List.of("RUNNING", "FAILED"), status);
    String file = Files.readString(folder.resolve("mlflow.json"));
    assertEquals("{\"url\":\"%s\",\"run\":\"abc\"}\n".formatted(server.url()), file);
  }

  @Test
  void aRunThatGoesOnIsTheSameRunThere() throws Exception {
    open(0, Map.of("steps", "4")).close();
    server.answers(
        "runs/get",
        """
        200 {"run": {"info": {}, "data": {
          "metrics": [{"key": "kl", "value": 1, "step": 3}, {"key": "x", "value": 1, "step": "5"}],
          "params": [{"key": "steps", "value": "4"}]}}}\
        """);
    try (Recording recording = open(4, Map.of("steps", "8", "seed", "7"))) {
      assertEquals(5, recording.last(), "steps after the checkpoint are there, too");
      recording.ended(RunState.STOPPED, 5, "");
    }
    assertEquals(1, server.asked("runs/create").size());
    assertEquals(Map.of("steps", "4", "seed", "7"), logged("params"));
    assertEquals("8", logged("tags").get("lanpo.changed.steps"));
    List<Asked> updates = server.asked("runs/update");
    assertEquals("KILLED", updates.get(updates.size() - 1).body().get("status").getAsString());
  }

  private static void step(Recording recording, int step) {
    recording.step(new RecordedStep(step, step, Map.of("reward", 1.0 / step)));
  }

  /** Steps whose figures the server has taken, as often as it has. */
  private List<Integer> taken() {
    return server.taken("runs/log-batch").stream()
        .filter(body -> body.has("metrics"))
        .flatMap(body -> body.getAsJsonArray("metrics").asList().stream())
        .map(metric -> metric.getAsJsonObject().get("step").getAsInt())
        .toList();
  }

  private void assertWarnedOnce(String verb) {
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings
            .get(0)
            .startsWith("the server %s does not answer %s".formatted(server.url(), verb)),
        warnings.get(0));
    assertTrue(warnings.get(0).contains("Run micro-1 goes on"), warnings.get(0));
    assertFalse(warnings.get(0).contains(TOKEN), warnings.get(0));
  }

  @Test
  void whatAServerMissesInTheMiddleItIsToldWhenItAnswersAgain() throws Exception {
    try (Recording recording = open(0, Map.of())) {
      step(recording, 1);
      List<String> troubles = List.of("500 {\"message\": \"not-to-be-seen\"}", "503 {}", "200 <p>");
      for (int i = 0; i < troubles.size(); i++) {
        server.answers("runs/log-batch", troubles.get(i));
        step(recording, 2 + i);
      }
      server.answers("runs/log-batch", "200 {}");
      step(recording, 5);
      recording.ended(RunState.FINISHED, 5, "");
    }
    assertWarnedOnce("runs/log-batch");
    assertEquals(List.of(1, 2, 3, 4, 5), taken());
  }

  @Test
  void aServerThatComesLaterIsToldTheWholeRun() throws Exception {
    server.answers("experiments/create", "502 <html>");
    try (Recording recording = open(0, Map.of("seed", "7"))) {
      assertEquals(0, recording.last());
      step(recording, 1);
      assertFalse(Files.exists(folder.resolve("mlflow.json")));
      server.answers("experiments/create", "200 {\"experiment_id\": \"1\"}");
      step(recording, 2);
      recording.ended(RunState.FINISHED, 2, "");
    }
    assertWarnedOnce("experiments/create");
    assertEquals(List.of(1, 2), taken());
    assertEquals(Map.of("seed", "7"), logged("params"));
  }

  @Test
  void whatAServerLacksAtTheEndIsSaidAndToldNextTime() throws Exception {
    try (Recording recording = open(0, Map.of())) {
      step(recording, 1);
      server.answers("runs/log-batch", "500 {}");
      step(recording, 2);
      UserException told =
          assertThrows(UserException.class, () -> recording.ended(RunState.STOPPED, 2, ""));
      assertTrue(told.getMessage().contains("It lacks 1 step of the run"), told.getMessage());
      assertTrue(told.nextStep().contains("lanpo resume micro-1"), told.nextStep());
    }
    server.answers("runs/log-batch", "200 {}");
    server.answers("runs/get", "500 {}");
    try (Recording recording = open(2, Map.of())) {
      assertEquals(0, recording.last(), "it does not say");
      step(recording, 1);
      server.answers(
          "runs/get",
          "200 {\"run\": {\"data\": {\"metrics\": [{\"key\": \"x\", \"value\": 1, \"step\": 1}]}}}");
      step(recording, 2);
      step(recording, 3);
      recording.ended(RunState.FINISHED, 3, "");
    }
    assertEquals(List.of(1, 2, 3), taken());
    assertEquals(1, server.asked("runs/create").size());
  }

  /** The server may have begun it before its answer was lost. */
  @Test
  void aRunThatWasBegunWithoutAnAnswerIsFound() throws Exception {
    server.answers("runs/create", "500 {}");
    server.answers("runs/search", "200 {\"runs\": [{\"info\": {\"run_id\": \"found\"}}]}");
    try (Recording recording = open(0, Map.of())) {
      step(recording, 1);
    }
    assertEquals(1, server.asked("runs/create").size());
    assertTrue(Files.readString(folder.resolve("mlflow.json")).contains("found"));
    assertEquals(
        "attributes.run_name = 'micro-1'",
        server.asked("runs/search").get(0).body().get("filter").getAsString());
  }

  @Test
  void manyStepsThatWaitAreToldInFewRequestsThatDivideNone() throws Exception {
    Map<String, Double> figures = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      figures.put("figure." + i, 1.0);
    }
    try (Recording recording = open(0, Map.of())) {
      server.answers("runs/log-batch", "500 {}");
      for (int step = 1; step <= 7; step++) {
        recording.step(new RecordedStep(step, 0, figures));
      }
      server.answers("runs/log-batch", "200 {}");
      recording.ended(RunState.FINISHED, 7, "");
    }
    List<Integer> sizes =
        server.taken("runs/log-batch").stream()
            .filter(body -> body.has("metrics"))
            .map(body -> body.getAsJsonArray("metrics").size())
            .toList();
    assertEquals(List.of(900, 900, 300), sizes);
  }

  @Test
  void aUserHasAPassword() throws Exception {
    open(0, Map.of(), Map.of("user", "me")).close();
    String both = Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(UTF_8));
    assertEquals("Basic " + both, server.asked("runs/create").get(0).authorization());
  }

  @Test
  void anExperimentThatIsThereIsUsed() throws Exception {
    server.answers("experiments/create", "400 {\"error_code\": \"RESOURCE_ALREADY_EXISTS\"}");
    server.answers("experiments/get-by-name", "200 {\"experiment\": {\"experiment_id\": \"42\"}}");
    open(0, Map.of()).close();
    assertEquals(
        "42", server.asked("runs/create").get(0).body().get("experiment_id").getAsString());
  }

  @Test
  void anotherServerIsToldTheRunFromItsBeginning() throws Exception {
    Files.writeString(
        folder.resolve("mlflow.json"), "{\"url\": \"http://127.0.0.1:1\", \"run\": \"other\"}");
    try (Recording recording = open(4, Map.of())) {
      assertEquals(0, recording.last());
    }
    assertEquals(1, server.asked("runs/create").size());
  }

  @Test
  void whatCannotBeIsSaidWithoutTheToken() throws Exception {
    Map<String, String> wanted = new HashMap<>();
    server.answers("experiments/create", "403 {\"message\": \"no " + TOKEN + "\"}");
    wanted.put("refuses experiments/create", refusal(0));
    server.answers("experiments/create", "400 {\"message\": \"no " + TOKEN + "\"}");
    wanted.put("(status 400): {\"message\": \"no ***\"}", refusal(0));
    Files.writeString(folder.resolve("mlflow.json"), "[]");
    wanted.put("mlflow.json is not a JSON object with url and run", refusal(1));
    Files.writeString(
        folder.resolve("mlflow.json"),
        "{\"url\": \"%s\", \"run\": \"gone\"}".formatted(server.url()));
    wanted.put("if run gone is no longer on the server, remove ", refusal(1));
    wanted.forEach(
        (words, message) -> {
          assertTrue(message.contains(words), message);
          assertFalse(message.contains(TOKEN), message);
        });
  }

  private String refusal(int step) {
    UserException told = assertThrows(UserException.class, () -> open(step, Map.of()));
    return told.getMessage() + " " + told.nextStep();
  }
}
