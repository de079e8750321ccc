package io.lanpo.deploy.guard;

import io.lanpo.libs.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs code of others on a thread of its own and waits for it, for a while. Nothing can end a
 * thread that does not heed its interruption: it runs on, as a daemon, and nobody waits for it any
 * more.
 *
 * @param patience how long the code may take
 * @param ending whether the process is about to end, so that waiting has no purpose
 */
public record PatientWork(Duration patience, BooleanSupplier ending) {
  private static final long LOOK_MILLIS = 50;

  /** What the platform itself does around the code that it calls. */
  private static final String[] PLATFORM = {
    "java.", "javax.", "jdk.", "sun.", "org.apache.felix.", "org.osgi.", "io.lanpo.deploy.guard."
  };

  /** Some code. */
  @FunctionalInterface
  public interface Code {
    /** Does it. */
    void run() throws Exception;
  }

  /** As often as the process lives. */
  public static PatientWork of(Duration patience) {
    return new PatientWork(patience, () -> false);
  }

  /**
   * Runs code, and interrupts it when it does not return.
   *
   * @param name of the thread
   * @param doing what it is doing just now, for the message
   * @throws Refusal what the code threw, or that it did not return
   */
  public void run(String name, Supplier<String> doing, Code code) throws Refusal {
    run(name, doing, true, code);
  }

  /** Runs code of ours that waits for code of others, and lets it wait on. */
  public void begin(String name, Supplier<String> doing, Code code) throws Refusal {
    run(name, doing, false, code);
  }

  private void run(String name, Supplier<String> doing, boolean interrupts, Code code)
      throws Refusal {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread worker =
        DaemonThreads.named("lanpo-deploy " + name)
            .newThread(
                () -> {
                  try {
                    code.run();
                    done.complete(null);
                  } catch (Throwable e) {
                    // errors of others too: a class that is missing, a stack that is full
                    done.completeExceptionally(e);
                  }
                });
    worker.start();
    try {
      await(done, worker, doing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("it was interrupted while it started", "Copy it again.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new Refusal(
          String.join(": ", FailureText.causes(e)), "Fix its code; the log has more.");
    } finally {
      if (interrupts && !done.isDone()) {
        worker.interrupt();
      }
    }
  }

  private void await(CompletableFuture<Void> done, Thread worker, Supplier<String> doing)
      throws Refusal, InterruptedException, ExecutionException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        done.get(Math.min(LOOK_MILLIS, Math.max(1, patience.toMillis())), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (ending.getAsBoolean()) {
          throw new Refusal(
              doing.get() + " had not returned when the platform was stopped", "Start it again.");
        }
        if (System.nanoTime() >= end) {
          String where = where(worker.getStackTrace());
          throw new Refusal(
              "%s did not return within %d s%s".formatted(doing.get(), patience.toSeconds(), where),
              "A constructor or an activator must not wait; do long work when it is asked for.",
              Refusal.Kind.HANGS);
        }
      }
    }
  }

  /** The place in the code of others that the thread has not come back from. */
  private static String where(StackTraceElement... stack) {
    return Stream.of(stack)
        .filter(frame -> Stream.of(PLATFORM).noneMatch(frame.getClassName()::startsWith))
        .filter(frame -> !frame.getClassName().startsWith("io.lanpo.deploy.Trial"))
        .findFirst()
        .map(
            frame ->
                " (it is in %s.%s%s)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getLineNumber() > 0 ? ", line " + frame.getLineNumber() : ""))
        .orElse("");
  }
}
