package io.lanpo.libs.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class DaemonThreadsTest {
  @Test
  void threadsHaveTheNameAndEndWithTheProcess() throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("lanpo-test"));
    try {
      Thread thread = executor.submit(Thread::currentThread).get();
      assertEquals("lanpo-test", thread.getName());
      assertTrue(thread.isDaemon());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void aStackOfAnotherSizeIsStillADaemons() throws InterruptedException {
    boolean[] ran = new boolean[1];
    Thread thread = DaemonThreads.named("small", 256 << 10).newThread(() -> ran[0] = true);
    thread.start();
    thread.join();
    assertTrue(ran[0]);
    assertTrue(thread.isDaemon());
  }
}
