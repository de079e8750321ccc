package io.lanpo.libs.http;

import io.lanpo.libs.threads.DaemonThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a bounded number of requests under way. What waits for its turn is a few words; a request's
 * body is written when its turn comes.
 */
public final class InFlight implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;
  private static final long STACK = 256 << 10;

  private final ThreadPoolExecutor threads;

  /**
   * @param limit requests at once
   */
  public InFlight(int limit) {
    threads =
        new ThreadPoolExecutor(
            limit,
            limit,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("lanpo-request", STACK));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The results of some tasks, in order. The first failure ends the wait; what is under way then is
   * given up.
   */
  public <T> List<T> all(List<Supplier<T>> tasks) {
    List<@Nullable T> results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
    CompletionService<Integer> done = new ExecutorCompletionService<>(threads);
    List<Future<Integer>> futures = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      int at = i;
      futures.add(
          done.submit(
              () -> {
                T result = tasks.get(at).get();
                synchronized (results) {
                  results.set(at, result);
                }
                return at;
              }));
    }
    boolean whole = false;
    try {
      for (int i = 0; i < tasks.size(); i++) {
        done.take().get();
      }
      whole = true;
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while requests are under way", e);
    } finally {
      if (!whole) {
        futures.forEach(future -> future.cancel(true));
      }
    }
    synchronized (results) {
      return List.copyOf(results);
    }
  }

  /** What failed in another thread, as if it had failed here. */
  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e.getCause());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
