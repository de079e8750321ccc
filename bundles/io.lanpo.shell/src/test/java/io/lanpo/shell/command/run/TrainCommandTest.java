package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TrainCommandTest {
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell = new CommandHarness().with(TrainingService.class, training);

  @Test
  void printsTheTableOnStandardOutputAndProgressOnStandardError() {
    assertEquals(0, shell.run("train", "micro"));
    assertEquals(
        List.of(
            "held-out accuracy         before          after",
            "zero-shot          0.013 ± 0.010  0.930 ± 0.010",
            "reflect            0.110 ± 0.010  0.840 ± 0.010",
            "retrieve           0.020 ± 0.010  0.990 ± 0.010",
            "",
            "training steps           40",
            "generated tokens         376,000",
            "prompt tokens            256,000",
            "CPU seconds, training    53.3",
            "CPU seconds, cold start  108.0",
            "wall-clock, everything   3m 12s",
            "peak memory              1.2 GB (estimated 1.1 GB)",
            "run                      micro-1",
            "run folder               /runs/micro-1"),
        shell.out().lines().toList());
    assertEquals(
        "run micro-1; Ctrl-C or 'lanpo stop micro-1' stops it at its next step\n",
        shell.err().replaceFirst("training  1/40  1m 20s left\n", ""));
    assertEquals(0, shell.held.get());
  }

  @Test
  void jsonIsExactlyOneDocumentWithTheAgreedKeysInOrder() {
    assertEquals(0, shell.run("train", "micro", "--json"));
    assertEquals(1, shell.out().lines().count());
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals(
        List.of(
            "run",
            "steps",
            "generatedTokens",
            "cpuSeconds",
            "wallSeconds",
            "before",
            "after",
            "promptTokens",
            "coldStartCpuSeconds",
            "coldStartGeneratedTokens",
            "peakMemoryBytes",
            "estimatedMemoryBytes",
            "folder",
            "learned",
            "findings"),
        List.copyOf(document.keySet()));
    assertEquals(
        "{\"zero-shot\":{\"mean\":0.0125,\"se\":0.01},"
            + "\"reflect\":{\"mean\":0.11,\"se\":0.01},"
            + "\"retrieve\":{\"mean\":0.02,\"se\":0.01}}",
        document.get("before").toString());
    assertEquals(376_000, document.get("generatedTokens").getAsLong());
    assertEquals(53.25, document.get("cpuSeconds").getAsDouble());
    assertTrue(shell.err().contains("training  1/40"), shell.err());
  }

  private static final Finding CUT_OFF =
      new Finding("cut-off", "8 of 8 were \u001b[2Jcut off; raise it", "sampling.max-tokens");

  @Test
  void aFindingIsToldWhenItComesUpAndBeforeTheResult() {
    training.health(new RunHealth(false, List.of(CUT_OFF)));
    assertEquals(0, shell.run("train", "micro"));
    assertTrue(
        shell.err().contains("\nwarning: 8 of 8 were \\x1b[2Jcut off; raise it\n"), shell.err());
    assertEquals(
        List.of(
            "Nothing was learned: the policy is as it was before step 1, after 40 training steps.",
            "warning: 8 of 8 were \\x1b[2Jcut off; raise it",
            "",
            "held-out accuracy         before          after"),
        shell.out().lines().limit(4).toList());
    assertEquals(0, shell.run("train", "micro", "--json"));
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertFalse(document.get("learned").getAsBoolean());
    assertEquals(
        "[{\"kind\":\"cut-off\",\"sentence\":\"8 of 8 were \\u001b[2Jcut off; raise it\","
            + "\"setting\":\"sampling.max-tokens\"}]",
        document.get("findings").toString());
    training.runs.add(training.summaryWithHealth("micro-1"));
    shell.run("runs");
    assertTrue(shell.out().contains("0.930  0.010  nothing learned"), shell.out());
    shell.run("run", "show", "micro-1");
    assertTrue(shell.out().startsWith("Nothing was learned"), shell.out());
  }

  @Test
  void aRunThatIsNotMeantToLearnIsNotBlamed() {
    Finding meant = new Finding(Finding.NOT_MEANT_TO_LEARN, "objective = none", "objective");
    training.health(new RunHealth(false, List.of(meant)));
    assertEquals(0, shell.run("train", "micro"));
    assertTrue(shell.out().startsWith("note: objective = none\n\nheld-out"), shell.out());
    assertTrue(shell.err().contains("note: objective = none\n"), shell.err());
  }

  @Test
  void overridesArriveAsWritten() {
    shell.run("train", "micro", "--set", "seed=7", "--set", "description=a=b c", "--set", "model=");
    assertEquals(Map.of("seed", "7", "description", "a=b c", "model", ""), training.overrides);
  }

  @Test
  void resumePrintsTheSameTable() {
    assertEquals(0, shell.run("resume", "micro-1", "--checkpoint", "step-000020"));
    assertEquals("step-000020", training.checkpoint());
    assertEquals(0, shell.run("resume", "micro-1"));
    assertEquals("", training.checkpoint(), "the newest");
    assertEquals(0, shell.run("resume", "micro-1", "--set", "steps=200"));
    assertEquals(Map.of("steps", "200"), training.overrides);
    assertTrue(shell.out().contains("zero-shot          0.013 ± 0.010  0.930 ± 0.010"));
  }

  @Test
  void ctrlCInAOneShotStopsTheRunAndIs130() throws Exception {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> shell.run("train", "endless", "--json"));
    training.started.await();
    shell.cancellation.cancel();
    assertEquals(130, code.get());
    assertTrue(shell.cancellation.awaitFinish(120));
    assertTrue(
        shell.err().contains("stopped at step 20; resume with: lanpo resume endless-1\n"),
        shell.err());
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals("stopped", document.get("state").getAsString());
    assertEquals("lanpo resume endless-1", document.get("resume").getAsString());
  }

  @Test
  void ctrlCInTheShellInterruptsTheThreadAndStopsTheRun() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread command = new Thread(() -> code.complete(shell.run("train", "endless")));
    command.start();
    training.started.await();
    command.interrupt();
    assertEquals(130, code.get());
    assertTrue(shell.err().contains("stopping at the next step"), shell.err());
    assertTrue(shell.err().contains("resume with: lanpo resume endless-1"), shell.err());
    assertEquals("", shell.out());
  }

  @Test
  void aWishToEndThatComesBeforeTheRunHasStartedStopsItToo() {
    shell.cancellation.cancel();
    assertEquals(130, shell.run("train", "endless"));
    assertTrue(shell.err().contains("stopped at step 20"), shell.err());
  }

  @Test
  void anInterruptThatComesBeforeTheRunHasStartedStopsItToo() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread command =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              code.complete(shell.run("train", "endless"));
            });
    command.start();
    assertEquals(130, code.get());
    assertTrue(shell.err().contains("resume with: lanpo resume endless-1"), shell.err());
  }

  @Test
  void aRunThatSomebodyElseStoppedHasNoResultWhichIsAFailure() throws Exception {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> shell.run("train", "endless"));
    training.started.await();
    training.lastHandle().requestStop();
    assertEquals(1, code.get());
    assertFalse(shell.cancellation.cancelled());
  }
}
