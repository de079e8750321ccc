package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.fixture.FakePlatform;
import io.lanpo.engine.fixture.FakePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reference that is renewed after every second step of seven. The metric {@code kl} of a fake
 * policy tells which reference it was given: each update lowers it by 1/1024.
 */
class RenewedReferenceTest {
  private static final Map<String, String> RENEWED =
      Map.of(
          "steps", "7",
          "checkpoint.every", "3",
          "objective.kl", "0.1",
          "objective.reference-refresh", "2");

  @TempDir Path home;
  private FakePlatform platform;

  @BeforeEach
  void aPlatform() throws IOException {
    platform = new FakePlatform(home);
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> set = new HashMap<>(RENEWED);
    set.put(key, value);
    return set;
  }

  private RunSummary run(Map<String, String> set) throws InterruptedException {
    return platform.manager().start("small", set, progress -> {}).await();
  }

  private RunSummary stoppedAfter(int step, Map<String, String> set) throws Exception {
    CompletableFuture<RunHandle> handle = new CompletableFuture<>();
    RunHandle started =
        platform
            .manager()
            .start(
                "small",
                set,
                progress -> {
                  if (progress.phase().equals("training") && progress.done() == step) {
                    handle.join().requestStop();
                  }
                });
    handle.complete(started);
    RunSummary stopped = started.await();
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals(step, stopped.step());
    return stopped;
  }

  private static List<String> lines(RunSummary run, String file) throws IOException {
    return Files.readAllLines(run.folder().resolve(file)).stream()
        .map(line -> line.replace(run.id(), "RUN").replaceFirst(",\"timing\":.*", ""))
        .toList();
  }

  /** What the reference was in each step, in updates since the first. */
  private static List<Long> references(RunSummary run) throws IOException {
    List<Double> kl =
        Files.readAllLines(run.folder().resolve("metrics.jsonl")).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject().get("kl").getAsDouble())
            .toList();
    return kl.stream().map(value -> Math.round((kl.get(0) - value) * 1024)).toList();
  }

  @Test
  void theReferenceIsThePolicyAfterTheLastStepThatCounts() throws Exception {
    assertEquals(List.of(0L, 0L, 2L, 2L, 4L, 4L, 6L), references(run(RENEWED)));
    assertEquals(
        List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L),
        references(run(with("objective.reference-refresh", "0"))));
    assertTrue(
        platform.backend().opened().stream().allMatch(FakePolicy::closed), "none is left open");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void aRunGoesOnWithTheReferenceThatItHad(int step) throws Exception {
    RunSummary whole = run(RENEWED);
    RunSummary stopped = stoppedAfter(step, RENEWED);
    RunSummary resumed = platform.manager().resume(stopped.id(), progress -> {}).await();
    assertEquals(RunState.FINISHED, resumed.state(), resumed.message());
    for (String file : List.of("metrics.jsonl", "rollouts.jsonl")) {
      assertEquals(lines(whole, file), lines(resumed, file), file);
    }
  }

  /** With a step that was sampled ahead it is the same. */
  @Test
  void aRunWithStaleCompletionsDoesSoToo() throws Exception {
    Map<String, String> stale = with("staleness", "1");
    RunSummary whole = run(stale);
    RunSummary stopped = stoppedAfter(4, stale);
    RunSummary resumed = platform.manager().resume(stopped.id(), progress -> {}).await();
    assertEquals(lines(whole, "metrics.jsonl"), lines(resumed, "metrics.jsonl"));
  }

  /** A finished run that goes on has the reference of one that was longer from the begin. */
  @Test
  void aRunThatIsProlongedHasItToo() throws Exception {
    RunSummary whole = run(RENEWED);
    RunSummary shorter = run(with("steps", "4"));
    RunSummary longer =
        platform.manager().resume(shorter.id(), "", Map.of("steps", "7"), progress -> {}).await();
    assertEquals(lines(whole, "metrics.jsonl"), lines(longer, "metrics.jsonl"));
  }

  @Test
  void aCheckpointIsNotWholeWithoutIt() throws Exception {
    RunSummary stopped = stoppedAfter(5, RENEWED);
    Path weights = stopped.folder().resolve("checkpoints/step-000005/reference/model.safetensors");
    Files.delete(weights);
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> platform.manager().resume(stopped.id(), progress -> {}).await());
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains("checkpoints/step-000005/reference/model.safetensors"),
        refusal.getMessage());
  }
}
