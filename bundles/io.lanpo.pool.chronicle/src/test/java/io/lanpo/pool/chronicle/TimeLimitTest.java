package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.pool.ExperiencePool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLimitTest {
  @TempDir Path folder;

  @Test
  void workThatHangsIsGivenUpAndItsLateResultDiscarded() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    CompletableFuture<String> discarded = new CompletableFuture<>();
    assertThrows(
        ArithmeticException.class,
        () ->
            TimeLimit.within(
                Duration.ofMillis(20),
                () -> {
                  hang.await();
                  return "late";
                },
                discarded::complete,
                ArithmeticException::new));
    hang.countDown();
    assertEquals("late", discarded.get(120, TimeUnit.SECONDS));
  }

  @Test
  void failuresComeThrough() {
    Duration minute = Duration.ofMinutes(1);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TimeLimit.within(
                minute,
                () -> {
                  throw new IllegalArgumentException();
                },
                late -> {},
                IllegalStateException::new));
    Exception e =
        assertThrows(
            RuntimeException.class,
            () ->
                TimeLimit.uninterrupted(
                    () -> {
                      throw new IOException("disk");
                    }));
    assertEquals("disk", e.getCause().getMessage());
  }

  /** Ctrl-C interrupts the thread that trains; the pool must still be written, and closed. */
  @Test
  void anInterruptedThreadCanOpenUseAndCloseAPool() {
    Thread.currentThread().interrupt();
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(List.of(Samples.experience("e", "r", 1, "q")));
      assertEquals(List.of("e"), Samples.ids(pool));
    }
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(List.of("e"), Samples.ids(pool));
    }
  }
}
