package io.lanpo.shell.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request to end a command early. A command that can end cleanly registers how; any other is
 * interrupted. Safe for use by several threads.
 */
public final class CancellationToken {
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Thread thread;
  private @Nullable Runnable ending;
  private boolean cancelled;

  /** The command runs on the calling thread from now on. */
  public synchronized void begin() {
    thread = Thread.currentThread();
  }

  /** The command is over. */
  public void finish() {
    synchronized (this) {
      thread = null;
    }
    finished.countDown();
  }

  /** Registers how to end cleanly; it is run at once if the command is already cancelled. */
  public void onCancel(Runnable howToEnd) {
    boolean now;
    synchronized (this) {
      ending = howToEnd;
      now = cancelled;
    }
    if (now) {
      howToEnd.run();
    }
  }

  /** Cancels the command; returns at once. Later calls have no effect. */
  public void cancel() {
    Runnable end;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      end = ending;
      if (end == null && thread != null) {
        thread.interrupt();
      }
    }
    if (end != null) {
      end.run();
    }
  }

  /** Whether the command was cancelled. */
  public synchronized boolean cancelled() {
    return cancelled;
  }

  /**
   * Waits until the command is over.
   *
   * @return false when it was not over in time
   */
  public boolean awaitFinish(long seconds) throws InterruptedException {
    return finished.await(seconds, TimeUnit.SECONDS);
  }
}
