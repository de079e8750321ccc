package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.StepFigures;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;

/** The platform with a real MLflow tracking server: {@code mvn -Pmlflow verify}. */
@EnabledIf(
    value = "io.lanpo.it.MlflowIT#installed",
    disabledReason =
        "no MLflow server here: integration-tests/peers/mlflow-server install, then mvn -Pmlflow")
@ExtendWith(PaxExamExtension.class)
@Timeout(900)
final class MlflowIT {
  /** System property: the command that starts a server; set by the profile {@code mlflow}. */
  private static final String COMMAND = "lanpo.mlflow.server";

  private static final String SECRET = "not-to-be-seen";

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  static boolean installed() throws IOException, InterruptedException {
    return ServerProcess.installed(COMMAND);
  }

  /** The port is chosen here, since the sink reads it from its file. */
  @Configuration
  static Option[] withATrackingServer() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(MlflowIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    Files.writeString(work.resolve("token"), SECRET + "\n");
    Files.writeString(
        configs.resolve("io.lanpo.metrics.mlflow.cfg"),
        "url = http://127.0.0.1:%d\nexperiment = of the tests\nkey-file = %s\n"
            .formatted(ServerProcess.freePort(), work.resolve("token")));
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  /** The folder of configurations of the framework in which this runs. */
  private Path configs() {
    return Path.of(context.getProperty("lanpo.configs"));
  }

  private String url() throws IOException {
    Path file = configs().resolve("io.lanpo.metrics.mlflow.cfg");
    return Files.readAllLines(file).get(0).replace("url = ", "");
  }

  private ServerProcess server() throws IOException, InterruptedException {
    Path files = Files.createDirectories(configs().resolveSibling("server"));
    return ServerProcess.start(
        List.of(
            System.getProperty(COMMAND),
            "--port",
            Integer.toString(URI.create(url()).getPort()),
            "--backend-store-uri",
            "sqlite:///" + files.resolve("server.db"),
            "--artifacts-destination",
            files.resolve("artifacts").toString()),
        URI.create(url() + "/health"),
        files.resolve("server.log"));
  }

  private JsonObject get(String verb) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + "/api/2.0/mlflow/" + verb)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private JsonObject runOf(RunSummary run) throws Exception {
    String file = Files.readString(run.folder().resolve("mlflow.json"));
    String id = JsonParser.parseString(file).getAsJsonObject().get("run").getAsString();
    return get("runs/get?run_id=" + id).getAsJsonObject("run");
  }

  private static Map<String, String> values(JsonObject run, String what) {
    Map<String, String> values = new TreeMap<>();
    for (JsonElement one : run.getAsJsonObject("data").getAsJsonArray(what)) {
      values.put(
          one.getAsJsonObject().get("key").getAsString(),
          one.getAsJsonObject().get("value").getAsString());
    }
    return values;
  }

  /** Every metric of every step once, and nothing else of a step. */
  private void assertHasEachStepOnce(RunSummary run, JsonObject there) throws Exception {
    String id = there.getAsJsonObject("info").get("run_id").getAsString();
    Map<String, Map<Integer, Double>> wanted = new HashMap<>();
    for (String line : Files.readAllLines(run.folder().resolve("metrics.jsonl"))) {
      Map<String, Double> figures =
          new HashMap<>(StepFigures.of(new Gson().fromJson(line, Map.class)).byName());
      int step = figures.remove("step").intValue();
      figures.forEach(
          (name, value) -> {
            if (!name.startsWith("timing.")) {
              wanted.computeIfAbsent(name, n -> new TreeMap<>()).put(step, value);
            }
          });
    }
    assertTrue(wanted.size() > 20, wanted.keySet().toString());
    for (String name :
        List.of("reward", "generatedTokens", "poolExperiences", "evaluation.zero-shot")) {
      JsonArray history =
          get("metrics/get-history?run_id=%s&metric_key=%s".formatted(id, name))
              .getAsJsonArray("metrics");
      Map<Integer, Double> found = new TreeMap<>();
      for (JsonElement one : history) {
        JsonElement step = one.getAsJsonObject().get("step");
        Double before =
            found.put(
                step == null ? 0 : step.getAsInt(),
                one.getAsJsonObject().get("value").getAsDouble());
        assertNull(before, name + " twice");
      }
      assertEquals(wanted.get(name), found, name);
    }
    assertTrue(values(there, "metrics").keySet().containsAll(wanted.keySet()));
  }

  @Test
  void aRunThatGoesOnIsTheSameRunThere() throws Exception {
    try (ServerProcess server = server()) {
      RunSummary stopped =
          SmallRun.run(
              training,
              SmallRun.atStep(3, training::stop),
              "metrics-sinks",
              "tensorboard | mlflow",
              "description",
              "long ".repeat(2000),
              "steps",
              "4",
              "checkpoint.every",
              "2");
      assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
      JsonObject then = runOf(stopped);
      assertEquals("KILLED", then.getAsJsonObject("info").get("status").getAsString());
      RunSummary run =
          training.resume(stopped.id(), "", Map.of("steps", "6"), progress -> {}).await();
      assertEquals(RunState.FINISHED, run.state(), run.message());
      JsonObject there = runOf(run);
      JsonObject info = there.getAsJsonObject("info");
      assertEquals(
          then.getAsJsonObject("info").get("run_id").getAsString(),
          info.get("run_id").getAsString());
      assertEquals("FINISHED", info.get("status").getAsString());
      assertEquals(run.id(), info.get("run_name").getAsString());
      assertHasEachStepOnce(run, there);
      Map<String, String> parameters = values(there, "params");
      assertTrue(parameters.size() > 100, parameters.size() + " parameters");
      assertEquals("4", parameters.get("steps"), "a parameter of the server stays");
      String description = parameters.get("description");
      assertEquals(6000, description.length());
      assertTrue(description.endsWith(" … (cut; 9999 characters)"), description);
      Map<String, String> tags = values(there, "tags");
      assertEquals("6", tags.get("lanpo.changed.steps"));
      assertEquals(run.id(), tags.get("lanpo.run"));
      assertTrue(tags.get("lanpo.objective").startsWith("lanpo, io.lanpo.objective"), tags + "");
      assertTrue(values(there, "metrics").containsKey("full-evaluation.retrieve"));
      assertNoSecret(run);
    }
  }

  /** What a server that was away has missed it is told when the run goes on. */
  @Test
  void aServerThatGoesAwayLeavesTheRunAsItIs() throws Exception {
    RunSummary whole = SmallRun.run(training, progress -> {}, "metrics-sinks", "", "steps", "4");
    try (ServerProcess server = server()) {
      RunSummary run =
          SmallRun.run(
              training,
              SmallRun.atStep(2, id -> assertDoesNotThrow(server::kill)),
              "metrics-sinks",
              "mlflow",
              "steps",
              "4");
      RunFiles.assertSame(whole, run);
      server.restart();
      assertEquals("RUNNING", runOf(run).getAsJsonObject("info").get("status").getAsString());
      RunSummary longer =
          training.resume(run.id(), "", Map.of("steps", "5"), progress -> {}).await();
      assertEquals(RunState.FINISHED, longer.state(), longer.message());
      assertHasEachStepOnce(longer, runOf(longer));
    }
  }

  /** Within the run, and without anybody's doing. */
  @Test
  void aServerThatComesBackIsToldWhatItMissed() throws Exception {
    try (ServerProcess server = server()) {
      RunListener away = SmallRun.atStep(2, id -> assertDoesNotThrow(server::kill));
      RunListener back = SmallRun.atStep(5, id -> assertDoesNotThrow(server::restart));
      RunSummary run =
          SmallRun.run(
              training,
              progress -> {
                away.progressed(progress);
                back.progressed(progress);
              },
              "metrics-sinks",
              "mlflow",
              "steps",
              "6");
      assertEquals(RunState.FINISHED, run.state(), run.message());
      JsonObject there = runOf(run);
      assertEquals("FINISHED", there.getAsJsonObject("info").get("status").getAsString());
      assertHasEachStepOnce(run, there);
      assertTrue(values(there, "metrics").containsKey("full-evaluation.retrieve"));
    }
  }

  private static void assertNoSecret(RunSummary run) throws IOException {
    for (String file : List.of("run.json", "manifest.json", "mlflow.json")) {
      assertFalse(Files.readString(run.folder().resolve(file)).contains(SECRET), file);
    }
  }
}
