package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.run.folder.RunFolder;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run on its own thread. */
final class ActiveRun implements RunHandle {
  private final String id;
  private final RunFolder folder;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  ActiveRun(String id, RunFolder folder) {
    this.id = id;
    this.folder = folder;
  }

  /** Begins; {@code work} ends when the run does. */
  void start(Runnable work) {
    Thread thread =
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
    thread.start();
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
  public void requestStop() {
    stop.set(true);
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
    return folder.summary(Set.of());
  }
}
