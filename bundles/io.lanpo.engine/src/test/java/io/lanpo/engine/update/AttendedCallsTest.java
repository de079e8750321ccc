package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.engine.call.Named;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttendedCallsTest {
  /** Nothing bounds its time, but a run that is to stop does without it. */
  @Test
  void anObjectiveThatDoesNotReturnDoesNotKeepARunFromStopping() {
    CountDownLatch forgotten = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    AttendedCalls calls =
        new AttendedCalls(
            () -> looks.incrementAndGet() > 1, Duration.ofMillis(1), Duration.ofMillis(1));
    UserException left =
        assertThrows(
            UserException.class,
            () ->
                calls.ask(
                    new Named<>(forgotten, "objective mine of bundle it 1.0"),
                    desk ->
                        latch -> {
                          while (latch.getCount() > 0) {
                            Thread.onSpinWait();
                          }
                          return latch;
                        }));
    forgotten.countDown();
    assertTrue(
        String.valueOf(left.getMessage())
            .matches(
                "the objective mine of bundle it 1.0 has computed for \\d+ s and not returned, and the run is to stop; .*"),
        left.getMessage());
  }
}
