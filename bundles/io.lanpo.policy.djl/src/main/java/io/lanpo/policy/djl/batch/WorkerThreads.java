package io.lanpo.policy.djl.batch;

import io.lanpo.libs.threads.DaemonThreads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A few threads that each take a fixed part of some work, the calling thread among them. Which part
 * that is depends on the work alone and not on which thread is quicker, so results are the same
 * every time.
 */
public final class WorkerThreads implements AutoCloseable {
  private final int count;
  private final Runnable prepare;
  private final ExecutorService helpers;
  private volatile boolean sharing;
  private volatile boolean interrupted;

  /**
   * @param count threads, the calling one included
   * @param prepare run by every thread before its part
   */
  public WorkerThreads(int count, Runnable prepare) {
    this.count = count;
    this.prepare = prepare;
    helpers =
        Executors.newFixedThreadPool(Math.max(1, count - 1), DaemonThreads.named("lanpo-policy"));
  }

  public int count() {
    return count;
  }

  /**
   * Divides items into as many parts as there are workers, of about the same cost: the costliest
   * first, each to the part that has least. Within a part the items keep their order.
   */
  public <T> List<List<T>> divide(List<T> items, ToLongFunction<T> cost) {
    long[] load = new long[count];
    int[] part = new int[items.size()];
    IntStream.range(0, items.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> -cost.applyAsLong(items.get(i))))
        .forEach(
            i -> {
              int least = 0;
              for (int w = 1; w < count; w++) {
                least = load[w] < load[least] ? w : least;
              }
              part[i] = least;
              load[least] += cost.applyAsLong(items.get(i));
            });
    List<List<T>> parts = new ArrayList<>();
    for (int w = 0; w < count; w++) {
      int worker = w;
      parts.add(
          IntStream.range(0, part.length)
              .filter(i -> part[i] == worker)
              .mapToObj(items::get)
              .toList());
    }
    return parts;
  }

  /**
   * Ends the work when the thread that asked for it was interrupted; every worker calls it between
   * two pieces, such as the tokens of a completion or the batches of an update.
   *
   * @throws CancellationException when it was; its interrupt status is then taken away
   */
  public void checkInterrupted() {
    boolean now = Thread.interrupted();
    if (now && sharing) {
      interrupted = true; // never written back as it was: another thread may have set it meanwhile
    }
    if (now || interrupted) {
      throw new CancellationException("interrupted");
    }
  }

  /**
   * Works on every part, the first one on this thread; returns when all are done, also when one of
   * them fails.
   */
  public <T> void each(List<T> parts, Consumer<T> work) {
    sharing = true;
    List<Future<?>> others =
        parts.stream()
            .skip(1)
            .<Future<?>>map(
                part ->
                    helpers.submit(
                        () -> {
                          prepare.run();
                          work.accept(part);
                        }))
            .toList();
    RuntimeException failure = null;
    try {
      prepare.run();
      work.accept(parts.get(0));
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Future<?> other : others) {
      try {
        finish(other);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (interrupted && !(failure instanceof CancellationException)) {
      Thread.currentThread().interrupt(); // too late: all was done
    }
    interrupted = false;
    sharing = false;
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits even when interrupted: the work uses native memory that the caller is about to free. */
  private void finish(Future<?> work) {
    while (true) {
      try {
        work.get();
        return;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("a worker failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
