package io.lanpo.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTokenTest {
  private final CancellationToken cancellation = new CancellationToken();
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void aCommandThatCannotEndInGoodOrderIsInterrupted() {
    cancellation.begin();
    cancellation.cancel();
    assertTrue(Thread.interrupted());
  }

  @Test
  void aCommandThatCanIsNotInterrupted() {
    cancellation.begin();
    cancellation.onCancel(ended::incrementAndGet);
    cancellation.cancel();
    cancellation.cancel();
    assertFalse(Thread.interrupted());
    assertEquals(1, ended.get());
  }

  @Test
  void aWayToEndThatComesLateIsTakenAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(ended::incrementAndGet);
    assertEquals(1, ended.get());
  }

  @Test
  void aCommandThatIsOverIsLeftAlone() throws InterruptedException {
    cancellation.begin();
    assertFalse(cancellation.awaitFinish(0));
    cancellation.finish();
    cancellation.cancel();
    assertFalse(Thread.interrupted());
    assertTrue(cancellation.awaitFinish(0));
  }
}
