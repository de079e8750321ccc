package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** One seed, the same bits: twice, after a stop, after a crash, in another process. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class RepeatableRunsIT {
  private static final String STEPS = "16";

  private static @Nullable RunSummary undisturbed;

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @Test
  @Tag("full")
  void twoRunsWithOneSeedAreTheSame() throws Exception {
    assertSame(undisturbed(), SmallRun.run(training, progress -> {}, "steps", STEPS));
  }

  /**
   * Two workers round differently from one, but always alike. They need a cold start of their own.
   */
  @Test
  @Tag("full")
  void twoRunsWithTwoWorkersAreTheSame() throws Exception {
    RunSummary one = SmallRun.run(training, progress -> {}, "steps", "5", "policy.workers", "2");
    RunSummary two = SmallRun.run(training, progress -> {}, "steps", "5", "policy.workers", "2");
    assertEquals(RunFiles.of(one).metrics(), RunFiles.of(two).metrics());
    assertEquals(RunFiles.of(one).rollouts(), RunFiles.of(two).rollouts());
    assertArrayEquals(RunFiles.of(one).weights(), RunFiles.of(two).weights());
  }

  @Test
  void aRunThatWasStoppedAndResumedIsTheSame() throws Exception {
    RunSummary stopped =
        SmallRun.run(training, SmallRun.atStep(12, training::stop), "steps", STEPS);
    assertEquals(RunState.STOPPED, stopped.state());
    assertEquals(12, stopped.step());
    assertEquals(12, RunFiles.of(stopped).checkpointStep());
    assertEquals(12, RunFiles.of(stopped).metrics().size());

    assertSame(undisturbed(), training.resume(stopped.id(), progress -> {}).await());
  }

  /** The other process makes its own cold start, too. */
  @Test
  @Tag("full")
  void aRunWhoseProcessWasKilledIsTheSameAfterItWasResumed() throws Exception {
    Path work = Path.of(String.valueOf(context.getProperty("lanpo.var"))).resolveSibling("killed");
    Lanpo lanpo = new Lanpo(work, Path.of(String.valueOf(context.getProperty("lanpo.configs"))));
    List<String> command =
        new ArrayList<>(List.of(Lanpo.script().toString(), "train", SmallRun.CONFIGURATION));
    command.addAll(SmallRun.options("steps", STEPS));
    Process process = lanpo.start(command);
    Path run = lanpo.awaitStep(process, 9);
    process.destroyForcibly();
    Lanpo.Result killed = Lanpo.finish(process);
    assertEquals(128 + 9, killed.code(), killed.err());
    long steps = Files.readAllLines(run.resolve("metrics.jsonl")).size();
    assertTrue(RunFiles.of(run).checkpointStep() < steps, "nothing to take back after " + steps);

    Path here = Path.of(String.valueOf(context.getProperty("lanpo.runs")));
    Files.move(run, here.resolve(run.getFileName()));
    String id = run.getFileName().toString();
    assertEquals(RunState.INTERRUPTED, training.run(id).state());
    assertSame(undisturbed(), training.resume(id, progress -> {}).await());
  }

  private RunSummary undisturbed() throws InterruptedException {
    RunSummary run = undisturbed;
    if (run == null) {
      run = SmallRun.run(training, progress -> {}, "steps", STEPS);
      undisturbed = run;
    }
    return run;
  }

  private static void assertSame(RunSummary expected, RunSummary actual) throws IOException {
    RunFiles.assertSame(expected, actual);
    assertEquals(Integer.parseInt(STEPS), RunFiles.of(actual).metrics().size());
  }
}
