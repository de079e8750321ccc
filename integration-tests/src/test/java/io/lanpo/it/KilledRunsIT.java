package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kill at any moment loses nothing: weights, moments, logs, result and pool of a run that earns
 * reward are, bit for bit, those of a run that nobody killed. {@code
 * integration-tests/experiments/kills} does the same hundreds of times.
 */
@Tag("full")
@Timeout(value = 7200, threadMode = ThreadMode.SEPARATE_THREAD)
final class KilledRunsIT {
  private static final int KILLS = Integer.getInteger("lanpo.kills", 2);
  private static final long SEED = Long.getLong("lanpo.kills.seed", 1);
  private static final String TABLE = System.getProperty("lanpo.kills.table", "");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "staleness=0",
        "staleness=1",
        "planner=experiential attempts=failed objective=experiential",
        "objective=self-distillation objective.feedback=sibling staleness=1",
        "objective=none abstraction=group-contrast-micro lessons=curated group-size=24 staleness=1"
      })
  void killedRunsComeToTheSameBits(String method) throws Exception {
    KillDrill drill =
        new KillDrill(
            folder.resolve("work"),
            SEED,
            // such a cold start is enough to earn reward
            ("steps=16 coldstart.steps=600 checkpoint.every=3 " + method).split("[ =]"));
    try {
      drill.kill(KILLS);
    } finally {
      if (!TABLE.isEmpty()) {
        write(method, drill.rows());
      }
    }
    assertFalse(drill.rows().isEmpty(), "nothing was killed");
  }

  private static void write(String method, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("## %s: %d kills".formatted(method, rows.size()));
    lines.add("");
    lines.add("| run | process killed after, ms | steps written | last checkpoint |");
    lines.add("|---|---|---|---|");
    lines.addAll(rows);
    Files.write(Path.of(TABLE), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
