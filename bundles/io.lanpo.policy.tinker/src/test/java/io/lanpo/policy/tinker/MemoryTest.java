package io.lanpo.policy.tinker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Policy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long run takes no more memory and no more threads than a short one. */
final class MemoryTest {
  private static final Path MODEL = Path.of("../../integration-tests/peers/fixtures/llama");
  private static final Steps STEPS = new Steps(4, 2, 8, 16);

  /** A thousand steps leave behind less than the tokens of a few of them. */
  private static final long MOST_GROWTH = 3L << 20;

  @Test
  @Tag("full")
  void aThousandStepsLeaveNothingBehind() throws IOException {
    try (InstantServer server = new InstantServer(2, 8, 16);
        Policy policy =
            Scenario.backend()
                .open(MODEL, Scenario.settings(Map.of("url", server.url(), "in-flight", "4")))) {
      for (int step = 0; step < 200; step++) {
        STEPS.take(policy, step);
      }
      long early = usedBytes();
      int threads = Thread.activeCount();
      for (int step = 0; step < 1000; step++) {
        STEPS.take(policy, step);
      }
      long late = usedBytes();
      assertEquals(1200, policy.version());
      assertTrue(late - early < MOST_GROWTH, "%d KiB more".formatted((late - early) >> 10));
      assertTrue(Thread.activeCount() <= threads + 4, Thread.activeCount() + " of " + threads);
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
