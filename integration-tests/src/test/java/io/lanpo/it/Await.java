package io.lanpo.it;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits for what another thread or process does. The limit is there for what never happens: no test
 * fails because the machine is busy.
 */
final class Await {
  /** Far more than anything takes, also beside much other work. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final long PAUSE_MILLIS = 20;

  private Await() {}

  /** Waits until a condition holds; {@code what} says what there is instead. */
  static void until(Supplier<Object> what, Callable<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("after " + PATIENCE.toSeconds() + " s: " + what.get());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same for what a process does; a process that has ended will not do it. */
  static void until(Process process, Supplier<Object> what, Callable<Boolean> condition) {
    until(
        what,
        () -> {
          boolean alive = process.isAlive();
          if (condition.call()) {
            return true;
          }
          if (!alive) {
            throw new AssertionError(
                "%s; the process ended with %d: %s"
                    .formatted(what.get(), process.exitValue(), Lanpo.finish(process).err()));
          }
          return false;
        });
  }

  /** The next element of a queue that another thread fills. */
  static <T> T next(BlockingQueue<T> queue) {
    T element;
    try {
      element = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (element == null) {
      throw new AssertionError("nothing came within " + PATIENCE.toSeconds() + " s");
    }
    return element;
  }
}
