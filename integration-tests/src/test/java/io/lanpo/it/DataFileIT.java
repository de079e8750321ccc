package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** A run on problems from a file, from the checkpoint of another run. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class DataFileIT {
  private static final Map<String, String> OWN_ANSWERS =
      Map.ofEntries(
          Map.entry("coldstart.source", "own-answers"),
          Map.entry("coldstart.problems", "6"),
          Map.entry("coldstart.samples", "4"),
          Map.entry("coldstart.least-kept", "1"),
          Map.entry("coldstart.steps", "3"),
          Map.entry("coldstart.batch", "4"),
          Map.entry("objective.replay", "4"),
          Map.entry("temperature", "0.05"),
          Map.entry("problems", "2"),
          Map.entry("steps", "2"));

  private static final Pattern EXTRACTED = Pattern.compile("extracted '([^'…]+)'");

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @TempDir Path folder;

  @Test
  void trainsOnTheProblemsThatAreNotSetAside() throws Exception {
    RunSummary first = SmallRun.run(training, progress -> {}, "steps", "1");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append(
          "{\"id\": \"p%d\", \"problem\": \"dax of 0 4 2 is 8 0 2 . apply dax to %d %d 5 .\", \"answer\": \"%d 5\"}\n"
              .formatted(i, i % 5, i % 3, i));
    }
    Path data = Files.writeString(folder.resolve("problems.jsonl"), lines);
    Path checkpoint = first.folder().resolve("checkpoints/step-000001");
    RunSummary run =
        training
            .start(
                "file",
                Map.of("data", data.toString(), "model", checkpoint.toString()),
                progress -> {})
            .await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    Map<EvaluationMode, Score> after = Objects.requireNonNull(run.result()).after();
    assertEquals(3, Objects.requireNonNull(after.get(EvaluationMode.ZERO_SHOT)).problems());
    Set<String> drawn =
        RunFiles.of(run).rollouts("scratch").stream()
            .map(DataFileIT::problem)
            .collect(Collectors.toSet());
    assertEquals(9, drawn.size(), drawn.toString());
    assertTrue(!RunFiles.of(run).rollouts("reflect").isEmpty());
    assertEquals(4, RunFiles.of(run).metrics().size());
  }

  /**
   * A model that was taught a little answers the problems of its own first steps; what it said
   * there is taken for right, so that some of its answers are.
   */
  @Test
  void beginsWithWhatTheModelGetsRightItself() throws Exception {
    RunSummary first =
        SmallRun.run(
            training,
            progress -> {},
            "steps",
            "1",
            "problems",
            "8",
            "sampling.temperature",
            "0.05",
            "optimizer.learning-rate", // so that the model says later what it said here
            "1e-9",
            "objective.replay",
            "0");
    Path data = folder.resolve("own.jsonl");
    Files.write(data, ownProblems(RunFiles.of(first).rollouts("scratch")));
    Path heldOut = folder.resolve("held-out.csv");
    Files.writeString(
        heldOut, "problem,answer\ndax of 0 4 2 is 8 0 2 . apply dax to 1 1 5 .,1 5\n");
    Map<String, String> settings = new HashMap<>(OWN_ANSWERS);
    settings.put("data", data.toString());
    settings.put("held-out", heldOut.toString());
    settings.put("task.file-format", "auto");
    settings.put("model", first.folder().resolve("checkpoints/step-000001").toString());

    RunHandle handle =
        training.start(
            "file",
            settings,
            progress -> {
              if (progress.phase().startsWith("cold start, own")) {
                training.stop(progress.run());
              }
            });
    RunSummary stopped = handle.await();
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals("stopped during the cold start", stopped.message());

    RunSummary run = training.resume(stopped.id(), progress -> {}).await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    assertTrue(Objects.requireNonNull(run.result()).coldStartGeneratedTokens() > 0);
    JsonObject manifest = RunFiles.of(run).manifest();
    Path cached =
        Path.of(String.valueOf(context.getProperty("lanpo.var")))
            .resolve("cold-starts")
            .resolve(manifest.get("coldStart").getAsString());
    JsonObject outcome =
        JsonParser.parseString(Files.readString(cached.resolve("outcome.json"))).getAsJsonObject();
    JsonObject own = outcome.getAsJsonObject("ownAnswers");
    assertEquals(6 * 4, own.getAsJsonObject("answer").get("sampled").getAsInt(), own.toString());
    assertTrue(own.has("lesson"), own.toString());
    int kept =
        own.entrySet().stream()
            .mapToInt(kind -> kind.getValue().getAsJsonObject().get("kept").getAsInt())
            .sum();
    assertTrue(kept > 0, own.toString());
    List<String> demonstrations = Files.readAllLines(cached.resolve("demonstrations.jsonl"));
    assertEquals(kept, demonstrations.size());
    for (String line : demonstrations) {
      JsonObject shown = JsonParser.parseString(line).getAsJsonObject();
      JsonArray tokens = shown.getAsJsonArray("completionTokens");
      assertEquals(2, tokens.get(tokens.size() - 1).getAsInt(), "the end token is learned, too");
    }

    RunSummary again = training.start("file", settings, progress -> {}).await();
    assertEquals(0, Objects.requireNonNull(again.result()).coldStartGeneratedTokens(), "cached");
    assertEquals(RunFiles.of(run).metrics(), RunFiles.of(again).metrics());

    settings.put("coldstart.least-kept", "1000");
    RunHandle refused = training.start("file", settings, progress -> {});
    UserException why = assertThrows(UserException.class, refused::await);
    assertTrue(
        why.getMessage().contains("fewer than coldstart.least-kept = 1000: answer "),
        why.getMessage());
  }

  /** Problems of a step with the answer that was extracted from an answer to them. */
  private static Set<String> ownProblems(List<JsonObject> answers) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (JsonObject answer : answers) {
      Matcher said = EXTRACTED.matcher(answer.get("explanation").getAsString());
      if (said.find()) {
        String question = answer.get("question").getAsString();
        problems.put(
            question,
            "{\"problem\": \"%s\", \"answer\": \"%s\"}".formatted(question, said.group(1)));
      }
    }
    return new LinkedHashSet<>(problems.values());
  }

  private static String problem(JsonObject line) {
    return line.get("problem").getAsString();
  }
}
