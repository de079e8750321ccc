package io.lanpo.policy.djl.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
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
}
