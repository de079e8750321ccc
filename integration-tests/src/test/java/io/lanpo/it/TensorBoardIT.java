package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The event files of a run that was stopped and taken up, read by TensorBoard itself. {@code
 * LANPO_TENSORBOARD_PYTHON} names a Python with the version of TensorBoard that the peers pin.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class TensorBoardIT {
  @OsgiService TrainingService training;

  @Test
  void aRunThatWasTakenUpHasOneEventFile() throws Exception {
    RunSummary run = run();
    try (Stream<Path> files = Files.list(run.folder())) {
      assertEquals(
          1,
          files.filter(f -> f.getFileName().toString().startsWith("events.out.tfevents")).count());
    }
  }

  @Test
  void tensorBoardReadsEveryScalarOfEveryStepOnceAndTheSettings() throws Exception {
    String python = System.getenv("LANPO_TENSORBOARD_PYTHON");
    assumeTrue(
        python != null && Files.isExecutable(Path.of(python)),
        "skipped: LANPO_TENSORBOARD_PYTHON names no Python with tensorboard installed");
    RunSummary run = run();
    ProcessBuilder command =
        new ProcessBuilder(
                String.valueOf(python), "-m", "peers", "check-events", run.folder().toString())
            .redirectErrorStream(true);
    command
        .environment()
        .put(
            "PYTHONPATH",
            ProductOptions.home().resolveSibling("integration-tests/peers/src").toString());
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains(" scalars of 6 steps compared"), said);
    assertTrue(said.contains(" settings compared, session ended with 1"), said);
    // of three problems: in three modes before and after, and plainly after step 5
    assertTrue(said.contains("%d texts".formatted(3 * (3 + 3 + 1))), said);
  }

  /** A run that was stopped at step 3, and left behind as a killed one is; then taken up. */
  private RunSummary run() throws Exception {
    RunSummary stopped =
        SmallRun.run(
            training, SmallRun.atStep(3, training::stop), "steps", "6", "checkpoint.every", "2");
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    // what a kill leaves: a step after the last checkpoint, and the next one cut off
    Path metrics = stopped.folder().resolve("metrics.jsonl");
    List<String> lines = Files.readAllLines(metrics);
    Files.writeString(
        metrics,
        String.join("\n", lines)
            + "\n"
            + lines.get(2).replace("\"step\":3", "\"step\":4")
            + "\n{\"step\":5,\"rewa");
    RunSummary run = training.resume(stopped.id(), progress -> {}).await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    assertEquals(6, RunFiles.of(run).metrics().size());
    return run;
  }
}
