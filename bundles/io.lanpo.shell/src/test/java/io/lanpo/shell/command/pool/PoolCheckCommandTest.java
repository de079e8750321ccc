package io.lanpo.shell.command.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pool check}, with real pools. */
class PoolCheckCommandTest {
  @TempDir Path home;
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell =
      new CommandHarness()
          .with(TrainingService.class, training)
          .with(PoolStore.class, "chronicle", ChroniclePools.STORE);
  private Path pool;

  @BeforeEach
  void aRunWithAPool() {
    shell.var = home.resolve("var");
    pool = home.resolve("run-1/pool");
    ChroniclePools.fill(pool);
    training.addStopped(home.resolve("run-1"), Map.of("pool", "chronicle"));
  }

  /** Zeroes the beginning of the largest file, which is the map of the experiences. */
  private void damage() throws IOException {
    try (Stream<Path> files = Files.walk(pool)) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(f -> f.toFile().length()))
              .orElseThrow();
      try (FileChannel channel = FileChannel.open(largest, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(4096), 0);
      }
    }
  }

  @Test
  void aWholePoolIsCounted() {
    assertEquals(0, shell.run("pool", "check"), shell.err());
    assertTrue(shell.out().contains("readable experiences  3\n"), shell.out());
    assertTrue(shell.out().contains("readable lessons      1\n"), shell.out());
    assertTrue(shell.out().endsWith("Nothing is damaged.\n"), shell.out());
    assertEquals(0, shell.held.get());
  }

  @Test
  void damageIsExitCodeOneAndTheWayToRebuild() throws Exception {
    damage();
    String rebuild =
        "lanpo pool rebuild %s --pool %s --force"
            .formatted(home.resolve("run-1/rollouts.jsonl"), pool);
    assertEquals(1, shell.run("pool", "check"));
    assertTrue(shell.out().contains("\ndamaged\n  "), shell.out());
    assertTrue(shell.out().endsWith("  " + rebuild + "\n"), shell.out());
    assertEquals(1, shell.run("pool", "check", "--json"));
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertTrue(document.getAsJsonArray("problems").size() > 0, shell.out());
    assertEquals(rebuild, document.get("rebuild").getAsString());
  }

  @Test
  void aPoolThatIsOpenOrNotThereIsASentence() {
    ChroniclePools.use(pool, open -> assertEquals(1, shell.run("pool", "check")));
    assertTrue(shell.err().contains("is open in this process"), shell.err());
    assertEquals(1, shell.run("pool", "check", "--pool", "nosuch"));
    assertTrue(shell.err().contains("there is no pool in"), shell.err());
    assertFalse(Files.exists(home.resolve("var/pools/nosuch")));
  }
}
