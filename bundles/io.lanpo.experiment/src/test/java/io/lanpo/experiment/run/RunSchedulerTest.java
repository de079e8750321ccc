package io.lanpo.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.ExperimentFile;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.PlannedRun;
import io.lanpo.experiment.plan.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which processes are started and when. They are a script that writes down what it would have done;
 * real runs are in the integration tests.
 */
@Timeout(300)
final class RunSchedulerTest {
  private static final RunListener NOBODY = progress -> {};

  /** {@code train BASE --json --set key=value…} or {@code resume ID --json}. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      runs=$LANPO_RUNS
      say() { echo "$1 $label" >>"$runs/events"; }
      if [ "$1" = resume ]; then
        run=$runs/$2
        label=$(cat "$run/label")
      else
        for word in "$@"; do
          case $word in description=*) label=${word#description=} ;; esac
        done
        case $label in *bad*) echo "lanpo: a reason" ; exit 1 ;; esac
        run=$runs/run-$$
        mkdir "$run"
        echo "$label" >"$run/label"
      fi
      trap 'say stop; echo STOPPED >"$run/state"; exit 1' TERM
      echo '{"memory":{"bytes":60}}' >"$run/manifest.json"
      echo RUNNING >"$run/state"
      say begin
      sleep 0.3
      echo {} >"$run/before.json"
      say warm
      i=0
      while [ $i -lt "${LANPO_TEST_TICKS:-3}" ]; do sleep 0.1; i=$((i + 1)); done
      say end
      echo FINISHED >"$run/state"
      """;

  @TempDir Path folder;
  private RunLauncher launcher;
  private Path runs;

  @BeforeEach
  void script() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path script = Files.writeString(bin.resolve("lanpo"), SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    runs = Files.createDirectories(folder.resolve("runs"));
    launcher = launcher("3");
  }

  private RunLauncher launcher(String ticks) {
    return new RunLauncher(
        folder.resolve("bin/lanpo"),
        Map.of("LANPO_RUNS", runs.toString(), "LANPO_TEST_TICKS", ticks));
  }

  private RunScheduler execution(ExperimentPlan plan, int processes, long memory) {
    return new RunScheduler(plan, new Written(plan), launcher, folder, processes, memory, 20);
  }

  private static ExperimentPlan plan(List<Long> seeds, String... variants) {
    List<Variant> all =
        List.of(variants).stream().map(name -> new Variant(name, name, Map.of())).toList();
    List<PlannedRun> planned = new ArrayList<>();
    for (long seed : seeds) {
      for (Variant variant : all) {
        Map<String, String> settings =
            Map.of("description", variant.name() + "-" + seed, "steps", "10");
        planned.add(new PlannedRun(variant, seed, "micro", settings, settings));
      }
    }
    ExperimentFile file =
        new ExperimentFile(
            Path.of("x"), "x", "", "micro", seeds, "m", List.of(), "a", List.of(), 1, 0, all);
    return new ExperimentPlan(file, "x", seeds, all, planned);
  }

  private List<String> events() throws IOException {
    return Files.readAllLines(runs.resolve("events"));
  }

  /** The greatest number of runs between two kinds of events, among those that a filter lets by. */
  private int most(String from, String to, String suffix) throws IOException {
    Set<String> under = new HashSet<>();
    int most = 0;
    for (String event : events()) {
      String[] words = event.split(" ", -1);
      if (words[1].endsWith(suffix)) {
        if (words[0].equals(from)) {
          under.add(words[1]);
        } else if (words[0].equals(to)) {
          under.remove(words[1]);
        }
        most = Math.max(most, under.size());
      }
    }
    return most;
  }

  @Test
  void variantsOfASeedWaitForTheFirstColdStart() throws Exception {
    RunScheduler execution = execution(plan(List.of(1L, 2L), "a", "b", "c"), 3, 1000);
    execution.run(NOBODY);
    assertEquals(List.of(), execution.failures());
    assertEquals(6, events().stream().filter(e -> e.startsWith("end")).count());
    assertEquals(1, most("begin", "warm", "-1"), events().toString());
    assertEquals(1, most("begin", "warm", "-2"), events().toString());
    int most = most("begin", "end", "");
    assertTrue(most == 2 || most == 3, events().toString());
  }

  @Test
  void oneAfterTheOther() throws Exception {
    execution(plan(List.of(1L), "a", "b"), 1, 1000).run(NOBODY);
    assertEquals(
        List.of("begin a-1", "warm a-1", "end a-1", "begin b-1", "warm b-1", "end b-1"), events());
  }

  /** Each takes 60 of 100. */
  @Test
  void noMoreThanTheMemoryAllows() throws Exception {
    execution(plan(List.of(1L, 2L), "a", "b"), 4, 100).run(NOBODY);
    assertEquals(1, most("begin", "end", ""), events().toString());
  }

  @Test
  void aRunThatFailsDoesNotKeepTheOthersFromRunning() throws Exception {
    RunScheduler execution = execution(plan(List.of(1L), "bad", "b"), 1, 1000);
    execution.run(NOBODY);
    assertEquals(List.of("bad, seed 1: a reason"), execution.failures());
    assertEquals(List.of("begin b-1", "warm b-1", "end b-1"), events());
  }

  @Test
  void whatWasStoppedIsTakenUpAndWhatIsFinishedIsLeft() throws Exception {
    launcher = launcher("1000");
    ExperimentPlan plan = plan(List.of(1L), "a", "b");
    RunScheduler first = execution(plan, 1, 1000);
    first.run(
        progress -> {
          if (progress.phase().equals("a, seed 1") && Files.exists(runs.resolve("events"))) {
            first.requestStop();
          }
        });
    assertEquals(List.of(), first.failures());
    assertEquals("stop a-1", events().get(events().size() - 1));
    assertFalse(events().contains("begin b-1"), events().toString());

    launcher = launcher("1");
    execution(plan, 1, 1000).run(NOBODY);
    execution(plan, 1, 1000).run(NOBODY);
    assertEquals(
        List.of("end a-1", "end b-1"), events().stream().filter(e -> e.startsWith("end")).toList());
    try (var folders = Files.list(runs)) {
      assertEquals(2, folders.filter(Files::isDirectory).count());
    }
  }

  /** Lists what the script wrote. */
  private final class Written implements TrainingService {
    private final ExperimentPlan plan;

    Written(ExperimentPlan plan) {
      this.plan = plan;
    }

    @Override
    public List<RunSummary> runs() {
      try (var folders = Files.list(runs)) {
        return folders
            .filter(f -> Files.exists(f.resolve("state")))
            .map(this::summary)
            .collect(Collectors.toList());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private RunSummary summary(Path run) {
      try {
        String label = Files.readString(run.resolve("label")).strip();
        String written = Files.readString(run.resolve("state")).strip();
        PlannedRun planned =
            plan.runs().stream().filter(r -> r.label().equals(label)).findFirst().orElseThrow();
        return new RunSummary(
            run.getFileName().toString(),
            "micro",
            written.isEmpty() ? RunState.RUNNING : RunState.valueOf(written),
            0,
            10,
            Instant.EPOCH,
            run,
            "",
            planned.settings(),
            Map.of(),
            null);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public RunSummary run(String id) {
      return summary(runs.resolve(id));
    }

    @Override
    public List<String> configurations() {
      return List.of();
    }

    @Override
    public List<Setting<?>> settings(String configuration) {
      return List.of();
    }

    @Override
    public Map<String, String> values(String configuration, Map<String, String> overrides) {
      return Map.of();
    }

    @Override
    public RunHandle start(String configuration, Map<String, String> set, RunListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RunHandle resume(String run, String checkpoint, RunListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RunSummary stop(String run) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EvaluationReport evaluate(EvaluationRequest request, RunListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
