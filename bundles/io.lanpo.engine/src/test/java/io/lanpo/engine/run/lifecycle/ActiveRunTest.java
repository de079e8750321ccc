package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.RunState;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run ends when its process does. */
class ActiveRunTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final List<String> ends = Collections.synchronizedList(new ArrayList<>());
  private ActiveRun run;

  @BeforeEach
  void writtenRun() {
    RunFolder written = new RunFolder(folder);
    written.write(
        new RunRecord(
            RunRecord.FORMAT,
            "r",
            "micro",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            RunState.STOPPED,
            3,
            9,
            1,
            0,
            "2026-01-01T00:00:00Z",
            ""));
    run = new ActiveRun("r", written, Map.of());
  }

  @Test
  void itEndsWithItsStepWhenThatComesInTime() throws InterruptedException {
    run.start(
        () -> {
          while (!run.stopRequested()) {
            Thread.onSpinWait();
          }
          ends.add("interrupted: " + Thread.currentThread().isInterrupted());
        });
    run.stopWithin(LONG);
    assertEquals(List.of("interrupted: false"), ends);
  }

  /** The native libraries go next: a thread that is still in them would crash the process. */
  @Test
  void itEndsWithinItsStepOtherwiseAndIsWaitedFor() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    run.start(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            ends.add("within its step, after the stop was asked for: " + run.stopRequested());
          }
        });
    run.stopWithin(Duration.ofMillis(1));
    assertEquals(List.of("within its step, after the stop was asked for: true"), ends);
    assertTrue(run.ended());
  }

  @Test
  void aFailureIsHeardOf() {
    run.start(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThrows(IllegalStateException.class, () -> run.stopWithin(LONG));
  }
}
