package io.lanpo.metrics.mlflow;

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
import java.time.Instant;
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
    return new MlflowSink(
            "mine", Map.of("url", server.url()), name -> name.startsWith("MLFLOW") ? TOKEN : null)
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
    String url = server.url();
    Files.delete(folder.resolve("mlflow.json"));
    server.close();
    wanted.put("the MLflow server %s gives no experiment mine".formatted(url), refusal(0));
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
