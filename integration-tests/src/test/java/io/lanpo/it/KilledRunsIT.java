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
  @ValueSource(strings = {"0", "1"})
  void killedRunsComeToTheSameBits(String staleness) throws Exception {
    KillDrill drill =
        new KillDrill(
            folder.resolve("work"),
            SEED,
            "steps",
            "16",
            "staleness",
            staleness,
            // enough to earn reward
            "coldstart.steps",
            "600",
            "checkpoint.every",
            "3");
    try {
      drill.kill(KILLS);
    } finally {
      if (!TABLE.isEmpty()) {
        write(staleness, drill.rows());
      }
    }
    assertFalse(drill.rows().isEmpty(), "nothing was killed");
  }

  private static void write(String staleness, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("## staleness = %s: %d kills".formatted(staleness, rows.size()));
    lines.add("");
    lines.add("| run | process killed after, ms | steps written | last checkpoint |");
    lines.add("|---|---|---|---|");
    lines.addAll(rows);
    Files.write(Path.of(TABLE), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
