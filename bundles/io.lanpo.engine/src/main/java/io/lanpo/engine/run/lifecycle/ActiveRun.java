package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunListing;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A run on its own thread. */
final class ActiveRun implements RunHandle {
  private final String id;
  private final RunFolder folder;
  private final Map<String, String> choices;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile @Nullable Thread thread;

  /**
   * @param choices what was chosen for this machine, see {@link RunHandle#choices}
   */
  ActiveRun(String id, RunFolder folder, Map<String, String> choices) {
    this.id = id;
    this.folder = folder;
    this.choices = choices;
  }

  /** Begins; {@code work} ends when the run does. */
  void start(Runnable work) {
    Thread own =
        new Thread(
            () -> {
              try {
                work.run();
                end.complete(null);
              } catch (Throwable e) { // whoever waits must hear of errors too
                end.completeExceptionally(e);
              }
            },
            "lanpo-run-" + id);
    thread = own;
    own.start();
  }

  boolean stopRequested() {
    return stop.get();
  }

  boolean ended() {
    return end.isDone();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Map<String, String> choices() {
    return choices;
  }

  @Override
  public void requestStop() {
    stop.set(true);
  }

  /**
   * Asks for the end of the run, at the end of its step if that comes in time, and otherwise within
   * the step: what came after the last checkpoint is then done again when the run is resumed.
   */
  void stopWithin(Duration patience) throws InterruptedException {
    requestStop();
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      Thread own = thread;
      if (own != null) {
        own.interrupt();
      }
      await();
    } catch (ExecutionException e) {
      await(); // throws what it failed by
    }
  }

  @Override
  public RunSummary await() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
    return new RunListing(folder).summary(Set.of());
  }
}
