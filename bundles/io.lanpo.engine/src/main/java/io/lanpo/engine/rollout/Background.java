package io.lanpo.engine.rollout;

import io.lanpo.libs.threads.DaemonThreads;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work beside that of the caller. Closing waits for it, whatever became of it. */
public final class Background implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.named("lanpo-background"));

  /** Starts a piece of work; asking for the result waits for it, and throws what it threw. */
  public <T> Supplier<T> start(Supplier<T> work) {
    Future<T> future = threads.submit(work::get);
    return () -> result(future);
  }

  /** The result of work in another thread; what failed there fails here. */
  public static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a step is under way", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.DAYS)) {
          break;
        }
      } catch (InterruptedException e) { // what works with the policy must not outlive the step
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
