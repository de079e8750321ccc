package io.lanpo.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.experiment.WrittenRuns;
import io.lanpo.experiment.plan.PlannedRun;
import io.lanpo.experiment.plan.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFinderTest {
  @TempDir Path folder;
  private WrittenRuns runs;
  private final PlannedRun grpo = run("grpo", 1, 20);
  private final PlannedRun lanpo = run("lanpo", 1, 20);

  @BeforeEach
  void none() {
    runs = new WrittenRuns(folder);
  }

  private static PlannedRun run(String variant, long seed, int steps) {
    Map<String, String> settings =
        Map.of(
            "description",
            "experiment claims: %s, seed %d".formatted(variant, seed),
            "seed",
            Long.toString(seed),
            "steps",
            Integer.toString(steps));
    return new PlannedRun(
        new Variant(variant, variant, Map.of()), seed, "micro", settings, settings);
  }

  @Test
  void runsAreKnownByTheirDescription() throws IOException {
    RunSummary written = runs.finished("micro-1", grpo, 0.5);
    runs.finished("micro-2", run("another", 1, 20), 0.5);
    assertEquals(Map.of(grpo, written), new RunFinder(runs).find(List.of(grpo, lanpo)));
  }

  @Test
  void aFolderBroughtFromElsewhere() {
    runs.add("micro-1", "copy-of-micro-1", grpo, RunState.FINISHED, null);
    assertRefused("copy-of-micro-1 is a copy of run micro-1, brought from elsewhere");
  }

  @Test
  void aRunOfAnotherMachine() throws IOException {
    runs.finished("micro-1", grpo, 0.5);
    WrittenRuns.manifest(runs.folder("micro-1"), Runtime.getRuntime().availableProcessors() + 62);
    assertRefused("micro-1 was made on another machine");
  }

  @Test
  void aRunWithOtherSettings() throws IOException {
    runs.finished("micro-1", run("grpo", 1, 30), 0.5);
    assertRefused("made with other settings: steps = 30, wanted is 20");
  }

  @Test
  void aRunForWhichAValueWasChosen() {
    PlannedRun planned = with(grpo, Map.of("policy.precision", "auto"));
    PlannedRun resolved = with(grpo, Map.of("policy.precision", "bf16"));
    RunSummary written =
        runs.add(
            "micro-1",
            "micro-1",
            resolved,
            Map.of("policy.precision", "auto"),
            RunState.FINISHED,
            null);
    assertEquals(Map.of(planned, written), new RunFinder(runs).find(List.of(planned)));
    UserException refused =
        assertThrows(UserException.class, () -> new RunFinder(runs).find(List.of(resolved)));
    assertTrue(
        refused.getMessage().contains("policy.precision = auto, wanted is bf16"),
        refused.getMessage());
  }

  private static PlannedRun with(PlannedRun run, Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(run.settings());
    settings.putAll(changes);
    return new PlannedRun(run.variant(), run.seed(), run.base(), settings, settings);
  }

  @Test
  void twoRunsThatAreTheSame() throws IOException {
    runs.finished("micro-1", grpo, 0.5);
    runs.finished("micro-2", grpo, 0.5);
    assertRefused("both are 'experiment claims: grpo, seed 1'");
  }

  @Test
  void aManifestThatIsCutOff() throws IOException {
    runs.finished("micro-1", grpo, 0.5);
    Files.writeString(runs.folder("micro-1").resolve("manifest.json"), "{\"system\": \"Lin");
    assertRefused("manifest.json cannot be read");
  }

  private void assertRefused(String message) {
    UserException refused =
        assertThrows(UserException.class, () -> new RunFinder(runs).find(List.of(grpo, lanpo)));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
