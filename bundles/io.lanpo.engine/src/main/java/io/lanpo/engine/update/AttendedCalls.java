package io.lanpo.engine.update;

import io.lanpo.engine.call.Named;
import io.lanpo.engine.rollout.Background;
import io.lanpo.libs.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of a component that may compute for long, or for ever. Each has a thread of its own. The
 * thread that calls waits for the answer and does meanwhile what the component asks of the policy,
 * which no other thread may use; it leaves a component that does not return when the run is to
 * stop.
 *
 * @param stop whether the run is to stop
 * @param telling how long a component computes by itself before a warning says so, and again after
 *     each doubling
 * @param patience how long it has to have computed by itself before a run that is to stop does
 *     without its answer
 */
public record AttendedCalls(BooleanSupplier stop, Duration telling, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(AttendedCalls.class);
  private static final long LOOK_MILLIS = 100;

  /** Those of a run. */
  public AttendedCalls(BooleanSupplier stop) {
    this(stop, Duration.ofMinutes(1), Duration.ofSeconds(30));
  }

  /** Where a component that is called has something done by the thread that waits for it. */
  public static final class Desk {
    private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
    private boolean closed;

    /**
     * Has something done and waits for it.
     *
     * @throws IllegalStateException once the call has ended
     */
    public <A> A ask(Supplier<A> question) {
      FutureTask<A> task = new FutureTask<>(question::get);
      synchronized (this) {
        if (closed) {
          throw new IllegalStateException(
              "the policies of a run can be asked until the call in which they were given ends, and"
                  + " no longer");
        }
        tasks.add(task);
      }
      return Background.result(task);
    }

    private synchronized void close() {
      closed = true;
      tasks.forEach(task -> task.cancel(false));
    }
  }

  /**
   * Asks a component, as {@link Named#ask} does.
   *
   * @param call may use the desk until it ends, from any thread
   * @throws io.lanpo.api.component.UserException when it throws, returns null, or does not return
   *     though the run is to stop
   */
  public <T, R> R ask(Named<T> component, Function<Desk, Function<T, @Nullable R>> call) {
    Desk desk = new Desk();
    FutureTask<R> answer =
        new FutureTask<>(() -> component.ask(call.apply(desk))) {
          @Override
          protected void done() {
            desk.tasks.add(this);
          }
        };
    Thread thread = DaemonThreads.named("lanpo-objective").newThread(answer);
    thread.start();
    try {
      attend(component, desk, answer);
      return Background.result(answer);
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    } finally {
      desk.close();
      thread.interrupt();
    }
  }

  private void attend(Named<?> component, Desk desk, Future<?> answer) throws InterruptedException {
    long since = System.nanoTime();
    Duration next = telling;
    while (true) {
      FutureTask<?> task = desk.tasks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (task == answer) {
        return;
      }
      if (task != null) {
        task.run();
        since = System.nanoTime();
        continue;
      }
      Duration alone = Duration.ofNanos(System.nanoTime() - since);
      if (alone.compareTo(patience) > 0 && stop.getAsBoolean()) {
        throw component.fault(
            "has computed for %d s and not returned, and the run is to stop; its thread may go on until this process ends"
                .formatted(alone.toSeconds()),
            null);
      }
      if (alone.compareTo(next) > 0) {
        LOG.warn(
            "the {} has computed for {} s and not returned. The run waits for it; 'lanpo stop' ends the run without it",
            component.title(),
            alone.toSeconds());
        next = next.multipliedBy(2);
      }
    }
  }
}
