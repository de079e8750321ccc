package io.lanpo.policy.djl.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
  @Test
  void partsHaveAboutTheSameCostAndKeepTheOrder() {
    try (WorkerThreads workers = new WorkerThreads(3, () -> {})) {
      List<Integer> costs = List.of(5, 1, 9, 3, 3, 7, 2);
      List<List<Integer>> parts = workers.divide(costs, c -> c);
      assertEquals(List.of(List.of(1, 9), List.of(3, 7), List.of(5, 3, 2)), parts);
    }
  }

  @Test
  void aFailureIsThrownAfterAllHaveEnded() {
    try (WorkerThreads workers = new WorkerThreads(2, () -> {})) {
      boolean[] ended = new boolean[1];
      List<Runnable> parts =
          List.of(
              () -> {
                throw new IllegalArgumentException("first");
              },
              () -> {
                ended[0] = IntStream.range(0, 1 << 20).filter(i -> i % 3 == 0).count() > 0;
              });
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> workers.each(parts, Runnable::run));
      assertEquals("first", e.getMessage());
      assertTrue(ended[0]);
    }
  }

  /** Whoever is quicker: the one that was interrupted waits for the others, which end too. */
  @RepeatedTest(500)
  void allWorkersEndWhenTheCallingThreadIsInterrupted() {
    try (WorkerThreads workers = new WorkerThreads(2, () -> {})) {
      CountDownLatch begun = new CountDownLatch(1);
      boolean[] ended = new boolean[1];
      List<Runnable> parts =
          List.of(
              () -> {
                await(begun);
                Thread.currentThread().interrupt();
              },
              () -> {
                begun.countDown();
                try {
                  while (true) {
                    workers.checkInterrupted();
                    Thread.onSpinWait();
                  }
                } finally {
                  ended[0] = true;
                }
              });
      assertThrows(CancellationException.class, () -> workers.each(parts, Runnable::run));
      assertFalse(Thread.interrupted(), "as by an InterruptedException");
      assertTrue(ended[0]);
      workers.each(parts.subList(1, 2), part -> workers.checkInterrupted());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
