package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} and {@code compare}. */
class WatchAndCompareTest {
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell = new CommandHarness().with(TrainingService.class, training);

  @TempDir Path folder;

  @Test
  void watchShowsEachStepOnceAndEndsWithTheRun() throws Exception {
    Path metrics = folder.resolve("metrics.jsonl");
    Files.writeString(
        metrics,
        "{\"step\":1,\"reward\":0.25,\"timing\":{\"wallSeconds\":2}}\n{\"step\":2,\"reward\":0.5}\n{\"st");
    training.runs.add(in(folder, FakeTrainingService.summary("a-1", RunState.FINISHED, null)));
    assertEquals(0, shell.run("watch", "a-1"));
    assertEquals("step 1  reward 0.250\nstep 2  reward 0.500\n", shell.out());
    assertEquals("run a-1 is finished at step 40 of 40\n", shell.err());
    assertEquals(0, shell.run("watch", "a-1", "--json"));
    assertEquals(2, shell.out().lines().count(), shell.out());
  }

  @Test
  void watchTellsWhatKeepsTheRunFromLearning() throws Exception {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        "{\"step\":1,\"findings\":[{\"kind\":\"clipped\",\"sentence\":\"all \\u001b[2Jclipped\","
            + "\"setting\":\"a\"},{\"kind\":7},8]}\n{\"step\":2,\"findings\":9}\n");
    training.runs.add(in(folder, FakeTrainingService.summary("a-1", RunState.FINISHED, null)));
    assertEquals(0, shell.run("watch", "a-1"));
    assertEquals("step 1\nstep 2\n", shell.out());
    assertEquals(
        "warning: all \\x1b[2Jclipped\nrun a-1 is finished at step 40 of 40\n", shell.err());
  }

  @Test
  void theTailReadsWholeLinesOnceAndSkipsOneThatWasCutOff() throws Exception {
    Path file = folder.resolve("metrics.jsonl");
    MetricsTail tail = new MetricsTail(file);
    assertEquals(List.of(), tail.read());
    Files.writeString(file, "{\"step\":1}\n{\"step\":2");
    assertEquals(1, tail.read().size());
    Files.writeString(file, ",\"a\":{\"b\":3}}\n{\"x\n{\"step\":4}\n", StandardOpenOption.APPEND);
    List<MetricsTail.Line> lines = tail.read();
    assertEquals(2, lines.size());
    assertEquals(Map.of("step", 2.0, "a.b", 3.0), lines.get(0).figures());
    assertEquals(List.of(), tail.read());
    Files.writeString(file, "{\"step\":1}\n");
    assertEquals(1, tail.read().size(), "a file that was cut back is read again from the start");
  }

  @Test
  void watchWithoutARunUnderWaySaysWhichItCouldShow() {
    assertEquals(1, shell.run("watch"));
    assertTrue(shell.err().contains("lanpo train micro"), shell.err());
    training.runs.add(FakeTrainingService.summary("a-1", RunState.FINISHED, null));
    assertEquals(1, shell.run("watch"));
    assertTrue(shell.err().contains("lanpo watch a-1"), shell.err());
  }

  @Test
  void compareShowsWhatDiffersAndNothingElse() {
    RunSummary first =
        FakeTrainingService.summary("a-1", RunState.FINISHED, FakeTrainingService.result());
    training.runs.add(first);
    training.runs.add(with("b-2", "seed", "8"));
    assertEquals(0, shell.run("compare", "a-1", "b-2"));
    assertTrue(shell.out().contains("setting  A  B\nseed     7  8\n"), shell.out());
    assertTrue(shell.out().contains("All components are the same, bundles included."));
    assertTrue(shell.out().contains("zero-shot, B less A: 0.000 ± 0.014"), shell.out());
    assertTrue(!shell.out().contains("evaluation.samples"), shell.out());
    shell.run("compare", "a-1", "b-2", "--json");
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals("{\"seed\":[\"7\",\"8\"]}", document.get("settings").toString());
    assertEquals("{}", document.get("components").toString());
  }

  @Test
  void compareShowsADamagedRunAsSuchBesideTheOthers() {
    training.runs.add(
        FakeTrainingService.summary("a-1", RunState.FINISHED, FakeTrainingService.result()));
    training.runs.add(FakeTrainingService.damaged("b-2", "run.json is missing"));
    assertEquals(0, shell.run("compare", "a-1", "b-2"), shell.err());
    assertTrue(shell.out().contains("b-2 is damaged: run.json is missing"), shell.out());
    assertTrue(shell.out().contains("zero-shot"), shell.out());
    assertTrue(!shell.out().contains("seed"), "nothing is known of its settings: " + shell.out());
    training.runs.add(with("c-3", "seed", "8"));
    assertEquals(0, shell.run("compare", "a-1", "b-2", "c-3"), shell.err());
    assertTrue(shell.out().contains("seed     7  -  8\n"), shell.out());
  }

  @Test
  void compareWantsDifferentRuns() {
    training.runs.add(FakeTrainingService.summary("a-1", RunState.STOPPED, null));
    assertEquals(1, shell.run("compare", "a-1", "a-1"));
    assertTrue(shell.err().contains("run a-1 is named twice"), shell.err());
    assertEquals(2, shell.run("compare", "a-1"));
  }

  private static RunSummary with(String id, String key, String value) {
    RunSummary like =
        FakeTrainingService.summary(id, RunState.FINISHED, FakeTrainingService.result());
    Map<String, String> settings = new HashMap<>(like.settings());
    settings.put(key, value);
    return copy(like, like.folder(), settings);
  }

  private static RunSummary in(Path folder, RunSummary like) {
    return copy(like, folder, like.settings());
  }

  private static RunSummary copy(RunSummary like, Path folder, Map<String, String> settings) {
    return new RunSummary(
        like.id(),
        like.configuration(),
        like.state(),
        like.step(),
        like.steps(),
        like.started(),
        folder,
        like.message(),
        settings,
        like.components(),
        like.result());
  }
}
