package io.lanpo.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.component.FakeCatalogue;
import io.lanpo.shell.command.component.FakeDeployments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that show something and change nothing, and {@code stop}. */
class ReadOnlyCommandsTest {
  static final Setting<Integer> ROUNDS = Setting.integer("rounds", 5, 1, 100, "", "how often");

  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell = new CommandHarness().with(TrainingService.class, training);

  private JsonObject json() {
    assertEquals(1, shell.out().lines().count(), shell.out());
    return JsonParser.parseString(shell.out()).getAsJsonObject();
  }

  @Test
  void runsListsThemInTheOrderOfTheService() {
    training.runs.add(FakeTrainingService.summary("b-2", RunState.RUNNING, null));
    training.runs.add(
        FakeTrainingService.summary("a-1", RunState.FINISHED, FakeTrainingService.result()));
    assertEquals(0, shell.run("runs"));
    List<String> lines = shell.out().lines().toList();
    assertTrue(
        lines.get(0).startsWith("state     run  configuration   step  started"), lines.get(0));
    assertTrue(
        lines.get(1).startsWith("running   b-2  micro          20/40  2026-01-0"), lines.get(1));
    assertTrue(lines.get(2).endsWith("0.013  0.010  0.930  0.010"), lines.get(2));
    shell.run("runs", "--json");
    JsonObject first = json().getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals("b-2", first.get("run").getAsString());
    assertTrue(first.get("result").isJsonNull());
  }

  @Test
  void runsWithLongNamesFitATerminalAndKeepIdsAndNumbersWhole() {
    String id = "smollm2-svamp-grpo-20261201-103841";
    training.runs.add(
        FakeTrainingService.summary(id, RunState.FINISHED, FakeTrainingService.result()));
    for (int width : new int[] {80, 120}) {
      shell.width = width;
      shell.run("runs");
      List<String> lines = shell.out().lines().toList();
      assertTrue(lines.stream().allMatch(line -> line.length() <= width), shell.out());
      assertTrue(lines.get(lines.size() - 1).contains(id), shell.out());
      assertTrue(
          lines.get(lines.size() - 1).matches(".* 40/40 .* 0\\.013 .* 0\\.930.*"), shell.out());
    }
    assertTrue(shell.out().contains("0.010"), "errors are shown where there is room");
  }

  @Test
  void aDamagedRunIsListedWithItsReasonBesideTheOthers() {
    training.runs.add(FakeTrainingService.damaged("b-2", "run.json is missing"));
    training.runs.add(
        FakeTrainingService.summary("a-1", RunState.FINISHED, FakeTrainingService.result()));
    assertEquals(0, shell.run("runs"));
    List<String> lines = shell.out().lines().toList();
    assertTrue(lines.get(1).startsWith("damaged   b-2"), lines.get(1));
    assertTrue(lines.get(2).startsWith("finished  a-1"), lines.get(2));
    assertEquals("b-2 is damaged: run.json is missing", lines.get(lines.size() - 1));
    shell.run("status");
    assertTrue(!shell.out().contains("b-2"), "it cannot be resumed: " + shell.out());
  }

  @Test
  void statesAreColouredOnATerminal() {
    shell.colour = true;
    training.runs.add(FakeTrainingService.summary("a-1", RunState.FAILED, null));
    shell.run("runs");
    assertTrue(shell.out().contains("\u001b[31mfailed\u001b[0m"), shell.out());
  }

  @Test
  void withoutARunTheListSaysHowToStartOne() {
    assertEquals(0, shell.run("runs"));
    assertTrue(shell.out().contains("lanpo train micro"));
    shell.run("runs", "--json");
    assertEquals(0, json().getAsJsonArray("runs").size());
  }

  @Test
  void runShowTellsStateComponentsResultAndOnRequestSettings() {
    training.runs.add(
        FakeTrainingService.summary("micro-1", RunState.FINISHED, FakeTrainingService.result()));
    assertEquals(0, shell.run("run", "show", "mic"));
    assertTrue(shell.out().contains("state          finished"), shell.out());
    assertTrue(shell.out().contains("verifier  exact, io.lanpo.verifier.exact 0.1.0"), shell.out());
    assertTrue(shell.out().contains("zero-shot          0.013"), shell.out());
    assertTrue(!shell.out().contains("evaluation.samples"), shell.out());
    shell.run("run", "show", "mic", "--settings");
    assertTrue(shell.out().contains("evaluation.samples  2"), shell.out());
    shell.run("run", "show", "mic", "--json");
    assertEquals("7", json().getAsJsonObject("settings").get("seed").getAsString());
    assertEquals(
        96,
        json().getAsJsonObject("after").getAsJsonObject("zero-shot").get("problems").getAsInt());
  }

  @Test
  void statusSeparatesWhatRunsFromWhatCanBeTakenUp() {
    training.runs.add(FakeTrainingService.summary("b-2", RunState.RUNNING, null));
    training.runs.add(FakeTrainingService.summary("a-1", RunState.INTERRUPTED, null));
    training.runs.add(
        FakeTrainingService.summary("a-0", RunState.FINISHED, FakeTrainingService.result()));
    assertEquals(0, shell.run("status", "--json"));
    JsonObject status = json();
    assertEquals(1, status.getAsJsonArray("running").size());
    assertEquals(
        "a-1",
        status.getAsJsonArray("resumable").get(0).getAsJsonObject().get("run").getAsString());
    assertEquals(3, status.get("runs").getAsInt());
    shell.run("status");
    assertTrue(shell.out().contains("Can be continued with 'lanpo resume ID':"), shell.out());
  }

  @Test
  void stopTakesTheOnlyRunAndAsksWhenThereAreSeveral() {
    assertEquals(1, shell.run("stop"));
    assertTrue(shell.err().contains("no run is in progress"), shell.err());
    training.runs.add(FakeTrainingService.summary("b-2", RunState.RUNNING, null));
    training.runs.add(
        FakeTrainingService.summary("a-1", RunState.FINISHED, FakeTrainingService.result()));
    assertEquals(0, shell.run("stop"));
    assertTrue(shell.out().startsWith("b-2 was at step 20 of 40"), shell.out());
    assertEquals(0, shell.run("stop", "a-1"));
    assertEquals("a-1 is not in progress: it is finished\n", shell.out());
    training.runs.add(FakeTrainingService.summary("c-3", RunState.RUNNING, null));
    assertEquals(1, shell.run("stop"));
    assertTrue(shell.err().contains("b-2, c-3"), shell.err());
  }

  @Test
  void evalTakesWhatIsNotGivenFromTheRun() {
    training.runs.add(FakeTrainingService.summary("micro-1", RunState.STOPPED, null));
    assertEquals(0, shell.run("eval", "mic"));
    assertEquals(
        new EvaluationRequest("micro-1", List.of(EvaluationMode.values()), 2, 7),
        training.evaluated);
    assertTrue(shell.out().contains("  96  0.500 [0.400, 0.600]   0.600      -"), shell.out());
    assertTrue(shell.out().contains("level 4"), shell.out());
    assertTrue(shell.out().contains("level \\x1b[31m3"), "text of the data is inert");
    assertEquals(0, shell.run("eval", "mic", "--by", "subject"));
    assertTrue(!shell.out().contains("level 4"), shell.out());
    assertTrue(shell.err().contains("no problem has a subject; the labels are level"), shell.err());
    assertEquals(
        0,
        shell.run("eval", "mic", "--modes", "retrieve,zero-shot", "--samples", "8", "--seed", "3"));
    assertEquals(
        new EvaluationRequest(
            "micro-1", List.of(EvaluationMode.RETRIEVE, EvaluationMode.ZERO_SHOT), 8, 3),
        training.evaluated);
    assertEquals(2, shell.run("eval", "mic", "--samples", "0"));
    shell.run("eval", "mic", "--json");
    assertEquals(
        0.5, json().getAsJsonObject("scores").getAsJsonObject("reflect").get("mean").getAsDouble());
    assertTrue(
        json()
            .getAsJsonArray("sections")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("figures")
            .getAsJsonObject("pass@2")
            .get("low")
            .isJsonNull());
  }

  @Test
  void evalTakesAModelWithAConfigurationAndAnotherTask() {
    training.runs.add(FakeTrainingService.summary("micro-1", RunState.STOPPED, null));
    assertEquals(
        0,
        shell.run(
            "eval",
            "--run",
            "micro",
            "--model",
            "DIR",
            "--set",
            "task=jsonl",
            "--set",
            "seed=5",
            "--part",
            "all",
            "--problems",
            "10",
            "--modes",
            "retrieve-reflect",
            "--restart"));
    assertEquals(
        new EvaluationRequest(
            "",
            "micro",
            "",
            "DIR",
            Map.of("task", "jsonl", "seed", "5"),
            ProblemPart.ALL,
            10,
            List.of(EvaluationMode.RETRIEVE_REFLECT),
            1,
            5,
            true),
        training.evaluated);
    assertEquals(0, shell.run("eval", "micro-1", "--checkpoint", "initial"));
    assertEquals("initial", training.evaluated.checkpoint());
    assertEquals(2, shell.run("eval"));
    assertEquals(2, shell.run("eval", "micro-1", "--run", "micro"));
    assertEquals(2, shell.run("eval", "--run", "micro", "--checkpoint", "initial"));
    assertEquals(2, shell.run("eval", "micro-1", "--part", "some"));
    assertEquals(2, shell.run("eval", "micro-1", "--problems", "-1"));
  }

  @Test
  void configListsNamesAndExplainsKeys(@TempDir Path deploy) throws IOException {
    shell.with(
        ComponentCatalogue.class,
        new FakeCatalogue()
            .with(
                new ComponentFile(
                    "io.lanpo.reflection.template~NAME.cfg",
                    List.of(Setting.text("prompt", "", "a template")),
                    Set.of("prompt"))));
    shell.run("config");
    assertEquals("micro\nmicro-grpo\n", shell.out());
    assertEquals(0, shell.run("config", "micro"));
    assertTrue(
        shell
            .out()
            .startsWith(
                "steps = 40\n"
                    + "  length of the run; allowed: a whole number from 0 to 1000 (training"
                    + " steps); default: 100\n"
                    + "loss.aggregation = token-mean\n"),
        shell.out());
    assertTrue(shell.out().contains("\npool.name =\n"), shell.out());
    shell.run("config", "micro", "--markdown");
    List<String> lines = shell.out().lines().toList();
    assertTrue(
        lines.contains(
            "| `steps` | `100` | a whole number from 0 to 1000 | training steps |"
                + " length of the run |"),
        shell.out());
    assertTrue(shell.out().contains("a \\| b"), shell.out());
    assertTrue(
        lines.contains("### `io.lanpo.reflection.template~NAME.cfg`")
            && lines.contains("| `prompt` | (required) | text | a template |"),
        shell.out());
    assertFalse(shell.out().contains("deployed bundles"), shell.out());
    shell.deploy = Files.createDirectories(deploy);
    Files.createFile(deploy.resolve("mine.jar"));
    Files.createFile(deploy.resolve("README.md"));
    shell.run("config", "micro", "--markdown");
    assertTrue(
        shell
            .out()
            .contains("the folder for deployed bundles holds `mine.jar`: what these declare"),
        shell.out());
    shell.run("config", "micro", "--json");
    assertEquals(4, json().getAsJsonArray("settings").size());
    JsonObject steps = json().getAsJsonArray("settings").get(0).getAsJsonObject();
    assertEquals("40", steps.get("value").getAsString());
    assertEquals("100", steps.get("default").getAsString());
  }

  @Test
  void componentsShowWhoHoldsThem() {
    shell.with(
        ComponentCatalogue.class,
        new FakeCatalogue()
            .with("critique", "io.lanpo.reflection", Condition.READY, List.of("r-1")));
    shell.with(Deployments.class, new FakeDeployments());
    assertEquals(0, shell.run("components"));
    assertEquals(
        "kind        name      state  bundle               version  ranking  pinned by\n"
            + "reflection  critique  ready  io.lanpo.reflection  1.0.0          0  r-1\n",
        shell.out());
    shell.run("components", "--json");
    assertEquals(
        "{\"kind\":\"reflection\",\"name\":\"critique\",\"bundle\":\"io.lanpo.reflection\","
            + "\"version\":\"1.0.0\",\"ranking\":0,\"pinnedBy\":[\"r-1\"],\"state\":\"ready\","
            + "\"causes\":[],\"nextStep\":\"\"}",
        json().getAsJsonArray("components").get(0).toString());
  }

  @Test
  void benchChecksItsSettingsAndShowsFigures() {
    shell.with(Benchmark.class, "policy", new Counting());
    assertEquals(0, shell.run("bench", "policy", "--set", "rounds=3"));
    assertTrue(shell.out().contains("decode       3  tokens/s  ceiling 10, max 4"), shell.out());
    assertEquals(1, shell.run("bench", "policy", "--set", "rounds=0"));
    assertTrue(shell.err().contains("command line: rounds = 0 is not allowed"), shell.err());
    shell.run("bench", "policy", "--json");
    JsonObject figure = json().getAsJsonArray("figures").get(0).getAsJsonObject();
    assertEquals(5, figure.get("value").getAsDouble());
    assertNull(figure.get("ceiling"));
    assertEquals(10, figure.getAsJsonObject("details").get("ceiling").getAsDouble());
    assertEquals(1, shell.run("bench", "polcy"));
    assertTrue(shell.err().contains("Did you mean policy?"), shell.err());
  }

  @Test
  void benchQuickIsASettingThatChangesOthers() {
    shell.with(Benchmark.class, "policy", new Counting());
    assertEquals(0, shell.run("bench", "policy", "--quick"));
    assertTrue(shell.out().contains("decode       1  tokens/s"), shell.out());
    assertEquals(0, shell.run("bench", "policy", "--quick", "--set", "rounds=2"));
    assertTrue(shell.out().contains("decode       2  tokens/s"), shell.out());
  }

  /** As a signal does it: what was measured is there, and the exit code tells. */
  @Test
  void aBenchThatIsCancelledPrintsWhatItHas() {
    Benchmark benchmark = new Counting();
    shell.with(
        Benchmark.class,
        "policy",
        new Counting() {
          @Override
          public List<Figure> run(Settings settings, RunListener listener) {
            shell.cancellation.cancel();
            return benchmark.run(settings, listener);
          }
        });
    assertEquals(130, shell.run("bench", "policy", "--json"));
    assertFalse(json().get("complete").getAsBoolean());
    assertEquals(1, json().getAsJsonArray("figures").size());
    assertTrue(shell.err().contains("interrupted"), shell.err());
    assertFalse(Thread.interrupted());
    assertEquals(0, shell.held.get());
  }

  /** "Measures" the number of rounds that it is given. */
  private static class Counting implements Benchmark {
    @Override
    public List<Setting<?>> settings(Map<String, String> given) {
      boolean quick = given.containsKey(QUICK);
      return List.of(Setting.flag(QUICK, false, "less"), quick ? ROUNDS.withDefault(1) : ROUNDS);
    }

    @Override
    public List<Figure> run(Settings settings, RunListener listener) {
      return List.of(
          new Figure(
              "decode", settings.get(ROUNDS), "tokens/s", Map.of("max", 4.0, "ceiling", 10.0)));
    }
  }
}
