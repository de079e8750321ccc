package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run leaves in its folder, without what differs from run to run: its id and the time. */
final class RunFiles {
  private final Path folder;
  private final String id;

  private RunFiles(Path folder) {
    this.folder = folder;
    this.id = folder.getFileName().toString();
  }

  static RunFiles of(RunSummary run) {
    return new RunFiles(run.folder());
  }

  static RunFiles of(Path folder) {
    return new RunFiles(folder);
  }

  /** Both runs came to the same bits, and the second is finished. */
  static void assertSame(RunSummary expected, RunSummary actual) {
    RunFiles a = of(expected);
    RunFiles b = of(actual);
    assertAll(
        () -> assertEquals(RunState.FINISHED, actual.state(), actual.message()),
        () -> assertEquals(a.metrics(), b.metrics()),
        () -> assertEquals(a.rollouts(), b.rollouts()),
        () -> assertEquals(a.lessons(), b.lessons()),
        () -> assertEquals(a.result(), b.result()),
        () -> assertArrayEquals(a.weights(), b.weights()));
  }

  /** Lines of {@code metrics.jsonl}, times left out. */
  List<String> metrics() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(
            line -> {
              line.remove("timing");
              return line.toString();
            })
        .toList();
  }

  /** The same as documents. */
  List<JsonObject> steps() throws IOException {
    return metrics().stream().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  /** Lines of {@code rollouts.jsonl}, in which ids of lessons contain the id of the run. */
  List<String> rollouts() throws IOException {
    return Files.readAllLines(folder.resolve("rollouts.jsonl")).stream()
        .map(line -> line.replace(id, "RUN"))
        .toList();
  }

  /** Lines of {@code lessons.jsonl}; with the rollouts they are what goes into the pool. */
  List<String> lessons() throws IOException {
    return Files.readAllLines(folder.resolve("lessons.jsonl")).stream()
        .map(line -> line.replace(id, "RUN"))
        .toList();
  }

  /** Lines of {@code rollouts.jsonl} of one mode. */
  List<JsonObject> rollouts(String mode) throws IOException {
    return Files.readAllLines(folder.resolve("rollouts.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.get("mode").getAsString().equals(mode))
        .toList();
  }

  /** Scores and token counts of {@code result.json}. */
  JsonElement result() throws IOException {
    JsonObject result = json("result.json").getAsJsonObject();
    JsonObject totals = result.getAsJsonObject("totals");
    JsonArray kept = new JsonArray();
    kept.add(result.get("steps"));
    kept.add(result.get("before"));
    kept.add(result.get("after"));
    kept.add(totals.get("generatedTokens"));
    kept.add(totals.get("promptTokens"));
    return kept;
  }

  /** The newest checkpoint's step. */
  int checkpointStep() throws IOException {
    return json("checkpoint.json").getAsJsonObject().get("step").getAsInt();
  }

  /** The weights of the newest checkpoint; nothing of a run that leaves its policy as it is. */
  byte[] weights() throws IOException {
    String checkpoint = json("checkpoint.json").getAsJsonObject().get("folder").getAsString();
    Path weights = folder.resolve("checkpoints").resolve(checkpoint).resolve("model.safetensors");
    boolean none =
        manifest()
            .getAsJsonObject("components")
            .getAsJsonObject("objective")
            .get("name")
            .getAsString()
            .equals("none");
    return none ? new byte[0] : Files.readAllBytes(weights);
  }

  /** Symbolic name of the bundle behind a kind of component, as the manifest has it. */
  String bundle(String kind) throws IOException {
    return json("manifest.json")
        .getAsJsonObject()
        .getAsJsonObject("components")
        .getAsJsonObject(kind)
        .get("bundle")
        .getAsString();
  }

  /** What the run was made with. */
  JsonObject manifest() throws IOException {
    return json("manifest.json").getAsJsonObject();
  }

  private JsonElement json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(file)));
  }
}
