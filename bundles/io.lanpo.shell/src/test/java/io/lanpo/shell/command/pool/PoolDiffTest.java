package io.lanpo.shell.command.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pool diff}, with real pools. */
class PoolDiffTest {
  @TempDir Path home;
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell =
      new CommandHarness()
          .with(TrainingService.class, training)
          .with(PoolStore.class, "chronicle", ChroniclePools.STORE);
  private Path a;
  private Path b;

  @BeforeEach
  void twoPoolsThatHoldTheSame() {
    shell.var = home.resolve("var");
    a = home.resolve("var/pools/arith");
    b = home.resolve("run-1/pool");
    ChroniclePools.fill(a);
    ChroniclePools.fill(b);
    training.addStopped(
        home.resolve("run-1"), Map.of("pool", "chronicle", "pool.capacity", "1000"));
  }

  @Test
  void poolsOfTheSameEntriesAreEqualHoweverTheyAreNamed() {
    for (String named : List.of("run-1", "run", b.toString(), home.resolve("run-1").toString())) {
      assertEquals(0, shell.run("pool", "diff", "arith", named), shell.err());
      assertTrue(shell.out().contains("They hold the same."), shell.out());
      assertTrue(shell.out().contains(b.toString()), shell.out());
    }
    assertEquals(0, shell.held.get());
  }

  @Test
  void everyKindOfDifferenceIsCountedAndTheFirstAreNamed() {
    ChroniclePools.use(
        a,
        pool -> {
          pool.add(
              IntStream.range(0, 3).mapToObj(i -> trial("r/3/0/" + i, "mine \u001b[2J")).toList());
          pool.add(List.of(trial("r/4/0/0", "one")));
          pool.addLessons(List.of(ChroniclePools.lesson("l-1", "say it")));
        });
    ChroniclePools.use(
        b,
        pool -> {
          pool.add(List.of(trial("r/4/0/0", "two"), trial("x\u001b[2J", "")));
          pool.addLessons(List.of(ChroniclePools.lesson("l-1", "say it not")));
        });
    assertEquals(1, shell.run("pool", "diff", "arith", "run-1", "--k", "2"));
    String out = shell.out();
    assertTrue(out.contains("experiences              3        1          3          1"), out);
    assertTrue(out.contains("lessons                  1        1          0          0"), out);
    assertTrue(out.contains("experiences, changed\n  r/4/0/0 (attempt)\n"), out);
    assertTrue(out.contains("only in A\n  r/3/0/0\n  r/3/0/1\n  and 1 more\n"), out);
    assertTrue(out.contains("only in B\n  x\\x1b[2J\n"), out);
    assertTrue(out.contains("lessons, changed\n  l-1 (text)\n"), out);
    assertEquals("", shell.err());
    assertEquals(1, shell.run("pool", "diff", "arith", "run-1", "--json"));
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertFalse(document.get("equal").getAsBoolean());
    assertEquals(
        "{\"count\":3,\"first\":[\"r/3/0/0\",\"r/3/0/1\",\"r/3/0/2\"]}",
        document.getAsJsonObject("experiences").get("onlyInA").toString());
  }

  private static Experience trial(String id, String attempt) {
    return ChroniclePools.trial(id, FeedbackMode.SCRATCH, Outcome.Kind.SCORED, 1, attempt);
  }

  @Test
  void whatIsNoPoolOrTheSamePoolIsASentence() {
    assertEquals(1, shell.run("pool", "diff", "arith", "nosuch"));
    assertTrue(shell.err().contains("there is no pool in " + home.resolve("var/pools/nosuch")));
    assertFalse(Files.exists(home.resolve("var/pools/nosuch")));
    assertEquals(1, shell.run("pool", "diff", "run-1", b.toString()));
    assertTrue(shell.err().contains("are the same pool"), shell.err());
    assertEquals(2, shell.run("pool", "diff", "arith"));
  }
}
