package io.lanpo.pool.chronicle;

import io.lanpo.libs.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work on files in a thread of its own: it can be given up when it hangs, and an interrupt of the
 * caller (Ctrl-C) cannot reach it. An interrupt would close the file channels in the middle of the
 * work.
 */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * Does work within a time.
   *
   * @param discard what to do with a result that comes too late
   * @param late makes the exception for work that takes too long
   */
  static <T> T within(
      Duration limit, Callable<T> work, Consumer<T> discard, Supplier<RuntimeException> late) {
    CompletableFuture<T> result = start(work);
    try {
      return await(result, limit);
    } catch (TimeoutException e) {
      result.thenAccept(discard);
      throw late.get();
    }
  }

  /** Does work to the end, whatever interrupts the caller. */
  static <T> void uninterrupted(Callable<T> work) {
    try {
      await(start(work), Duration.ofDays(1));
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> CompletableFuture<T> start(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        DaemonThreads.named("lanpo-pool")
            .newThread(
                () -> {
                  try {
                    result.complete(work.call());
                  } catch (Throwable t) {
                    result.completeExceptionally(t);
                  }
                });
    // Chronicle looks its services up through the context class loader, which belongs to the
    // caller's bundle.
    thread.setContextClassLoader(TimeLimit.class.getClassLoader());
    thread.start();
    return result;
  }

  private static <T> T await(CompletableFuture<T> result, Duration limit) throws TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw new CompletionException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
