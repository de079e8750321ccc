package io.lanpo.shell.command.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.RunLogs;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.engine.run.folder.RunLogReader;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pool rebuild}, with the engine's own reader of logs and real pools. */
class PoolRebuildTest {
  private static final Map<String, String> SETTINGS =
      Map.of("pool", "chronicle", "pool.capacity", "1000", "pool.lessons", "1000");

  @TempDir Path home;
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell =
      new CommandHarness()
          .with(TrainingService.class, training)
          .with(PoolStore.class, "chronicle", ChroniclePools.STORE)
          .with(RunLogs.class, new RunLogReader());

  @BeforeEach
  void twoRuns() throws Exception {
    shell.var = home.resolve("var");
    run("b-1", "2026-01-01T00:00:00Z", RunState.FINISHED);
    run("a-2", "2026-01-02T00:00:00Z", RunState.STOPPED);
  }

  private void run(String id, String started, RunState state) throws IOException {
    Path folder = Files.createDirectories(home.resolve("runs").resolve(id));
    Files.writeString(
        folder.resolve("run.json"),
        ("{\"format\":1,\"id\":\"%s\",\"configuration\":\"micro\",\"overrides\":{},\"settings\":"
                + "{\"pool\":\"chronicle\",\"pool.capacity\":\"1000\",\"pool.lessons\":\"1000\"},"
                + "\"state\":\"FINISHED\",\"step\":1,\"steps\":1,\"pid\":1,\"processStart\":0,"
                + "\"started\":\"%s\",\"message\":\"\"}")
            .formatted(id, started));
    Files.writeString(
        folder.resolve("rollouts.jsonl"),
        "{\"step\":1,\"group\":0,\"completion\":0,\"policyVersion\":0,\"problem\":\"p\",\"question\":\"?\","
            + "\"mode\":\"scratch\",\"lessons\":[],\"solution\":null,\"finished\":true,\"verdict\":\"scored\",\"reward\":0.0,\"accepted\":false,\"explanation\":\"\",\"baseline\":0.0}\n");
    Files.writeString(
        folder.resolve("lessons.jsonl"),
        "{\"step\":1,\"lesson\":\"%s/1/lesson/0\",\"kind\":\"principle\",\"problem\":\"p\",\"question\":\"?\",\"text\":\"so\"}\n"
            .formatted(id));
    training.runs.add(
        0,
        new RunSummary(
            id,
            "micro",
            state,
            1,
            1,
            Instant.parse(started),
            folder,
            "",
            SETTINGS,
            Map.of(),
            null));
  }

  private Path rollouts(String run) {
    return home.resolve("runs").resolve(run).resolve("rollouts.jsonl");
  }

  private int rebuild(String... further) {
    List<String> words = new ArrayList<>(List.of("pool", "rebuild"));
    words.addAll(List.of(further));
    return shell.run(words.toArray(String[]::new));
  }

  @Test
  void runsAreTakenInTheOrderInWhichTheyBegan() {
    String a = rollouts("a-2").toString();
    String b = rollouts("b-1").getParent().toString();
    assertEquals(0, rebuild(a, b, "--pool", "all"), shell.err());
    assertTrue(shell.out().contains("b-1            1        1"), shell.out());
    Path pool = home.resolve("var/pools/all");
    assertTrue(shell.out().contains("The pool is in " + pool), shell.out());
    ChroniclePools.use(
        pool,
        p -> {
          assertEquals(
              List.of("b-1/1/0/0", "a-2/1/0/0"), p.experiences().map(Experience::id).toList());
          assertEquals(2, p.lessons().size());
        });
    assertEquals(List.of(pool), list(pool.getParent()));
    assertEquals(0, shell.held.get());
  }

  @Test
  void aPoolThatIsThereIsReplacedOnlyByForceAndKept() throws Exception {
    Path pool = home.resolve("runs/a-2/pool");
    ChroniclePools.fill(pool);
    assertEquals(1, rebuild(rollouts("a-2").toString(), "--run", "a-2"));
    assertTrue(shell.err().contains(pool + " is not empty"), shell.err());
    Path theirs = Files.createDirectories(pool.resolveSibling("pool.rebuilding-mine"));
    Files.writeString(theirs.resolve("thesis.tex"), "mine");
    Path left = Files.createDirectories(pool.resolveSibling("pool.rebuilding-0/pool/data-1"));
    Files.writeString(
        left.getParent().resolveSibling("made-by-lanpo-pool-rebuild"), "" + Integer.MAX_VALUE);
    assertEquals(
        0, rebuild(rollouts("a-2").toString(), "--run", "a-2", "--force", "--json"), shell.err());
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals(1, document.get("experiences").getAsInt());
    assertEquals(
        1, document.getAsJsonObject("runs").getAsJsonObject("a-2").get("lessons").getAsInt());
    Path kept = Path.of(document.get("kept").getAsString());
    ChroniclePools.use(kept, p -> assertEquals(3, p.experiences().count()));
    ChroniclePools.use(pool, p -> assertEquals(1, p.experiences().count()));
    assertEquals(0, rebuild(rollouts("a-2").toString(), "--run", "a-2", "--force"), shell.err());
    assertTrue(shell.out().contains("What was there is now in " + pool + ".old-2"), shell.out());
    assertEquals("mine", Files.readString(theirs.resolve("thesis.tex")));
    assertFalse(Files.exists(left), "what a killed attempt has left goes");
  }

  @Test
  void whatIsNoPoolIsNotReplaced() throws Exception {
    Path theirs = Files.createDirectories(home.resolve("theirs"));
    Files.writeString(theirs.resolve("thesis.tex"), "mine");
    assertEquals(1, rebuild(rollouts("a-2").toString(), "--pool", theirs.toString(), "--force"));
    assertTrue(shell.err().contains("there is no pool in it"), shell.err());
    assertEquals("mine", Files.readString(theirs.resolve("thesis.tex")));
  }

  @Test
  void aBadLogLeavesThePoolAsItWas() throws Exception {
    Path pool = home.resolve("runs/a-2/pool");
    ChroniclePools.fill(pool);
    Files.writeString(rollouts("a-2"), "{}\n");
    assertEquals(1, rebuild(rollouts("a-2").toString(), "--run", "a-2", "--force"));
    assertTrue(shell.err().contains("line 1 cannot be read: the key step is missing"), shell.err());
    ChroniclePools.use(pool, p -> assertEquals(3, p.experiences().count()));
    assertEquals(
        List.of(pool),
        list(pool.getParent()).stream().filter(f -> f.toString().contains("pool")).toList());
    assertEquals(0, shell.held.get());
  }

  @Test
  void aPoolThatARunIsUsingIsNotReplaced() throws Exception {
    run("c-3", "2026-01-03T00:00:00Z", RunState.RUNNING);
    ChroniclePools.fill(home.resolve("runs/c-3/pool"));
    assertEquals(1, rebuild(rollouts("c-3").toString(), "--run", "c-3", "--force"));
    assertTrue(shell.err().contains("Stop it first: lanpo stop c-3"), shell.err());
  }

  @Test
  void wrongUsageIsASentence() {
    String a = rollouts("a-2").toString();
    assertEquals(2, rebuild(a));
    assertTrue(shell.err().contains("say which pool"), shell.err());
    assertEquals(1, rebuild(a, a, "--pool", "all"));
    assertTrue(shell.err().contains("run a-2 is named twice"), shell.err());
    assertFalse(Files.exists(home.resolve("var/pools/all")));
    assertEquals(1, rebuild(home.resolve("nosuch/rollouts.jsonl").toString(), "--pool", "all"));
    assertTrue(shell.err().contains("there is no file or folder"), shell.err());
  }

  private static List<Path> list(Path folder) {
    return List.of(folder.toFile().listFiles()).stream().map(f -> f.toPath()).toList();
  }
}
