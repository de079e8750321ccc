package io.lanpo.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * How the process comes to its end: the command has ended, a signal came, or code called {@code
 * System.exit} that had no business to, which is named.
 */
final class Ending {
  /**
   * How long the end may take: a run reaches the end of its step, or is ended within it, and saves
   * a checkpoint. A process that ended while native code computes would crash.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The system property that says to others that the end has begun. */
  private static final String ENDING = "lanpo.ending";

  private static final int FAILURE = 1;

  private volatile boolean asked;
  private volatile boolean begun;
  private volatile @Nullable Platform platform;
  private volatile @Nullable Path cache;

  /**
   * From now on the end is orderly, unless the process is killed.
   *
   * @return false when the end has begun already
   */
  boolean prepare() {
    handle("TERM");
    handle("HUP");
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "lanpo-end"));
      return true;
    } catch (IllegalStateException e) {
      // a signal came first
      begun = true;
      return false;
    }
  }

  /** A folder to delete at the end. */
  void deletes(Path folder) {
    cache = folder;
  }

  /** A platform to stop at the end. */
  void stops(Platform started) {
    platform = started;
  }

  /** The platform has stopped. */
  void stopped() {
    platform = null;
  }

  /** Whether the end has begun. */
  boolean begun() {
    return begun;
  }

  /** Ends the process; when its end has begun already, this never returns. */
  void exit(int code) {
    asked = true;
    System.exit(code);
  }

  private void handle(String signal) {
    try {
      Signal received = new Signal(signal);
      Signal.handle(
          received,
          s -> new Thread(() -> exit(128 + received.getNumber()), "lanpo-" + signal).start());
    } catch (IllegalArgumentException e) {
      // the JVM keeps it for itself, and ends in order by it
      asked = true;
    }
  }

  /** Runs however the process ends, short of being killed. */
  private void end() {
    begun = true;
    System.setProperty(ENDING, "true");
    Platform started = platform;
    boolean foreign = !asked;
    if (foreign) {
      System.err.println("lanpo: " + accusation(Thread.getAllStackTraces(), started));
    }
    if (started != null) {
      String left = started.stop(PATIENCE);
      if (!left.isEmpty()) {
        System.err.println("lanpo: " + left);
      }
    }
    Path folder = cache;
    if (folder != null && Files.exists(folder)) {
      delete(folder);
    }
    if (foreign) {
      // the caller's exit code would tell of success
      System.err.flush();
      Runtime.getRuntime().halt(FAILURE);
    }
  }

  private static void delete(Path folder) {
    try {
      TemporaryFolder.delete(folder);
    } catch (IOException e) {
      System.err.println("lanpo: cannot remove " + folder + ": " + e);
    }
  }

  /** Who has called {@code System.exit}: the thread waits in that call. */
  static String accusation(Map<Thread, StackTraceElement[]> threads, @Nullable Platform platform) {
    Optional<StackTraceElement> caller =
        threads.values().stream().flatMap(stack -> callerOfExit(stack).stream()).findFirst();
    if (caller.isEmpty()) {
      return "the process ends, and nobody here has asked for it";
    }
    String type = caller.get().getClassName();
    String owner = platform == null ? "" : platform.ownerOf(type);
    return "%s.%s%s has called System.exit, which ends the process and every run in it"
        .formatted(type, caller.get().getMethodName(), owner);
  }

  private static Optional<StackTraceElement> callerOfExit(StackTraceElement... stack) {
    int last = -1;
    for (int i = 0; i < stack.length; i++) {
      String name = stack[i].getClassName();
      boolean ends = name.equals("java.lang.Runtime") && stack[i].getMethodName().equals("exit");
      last = ends ? i : last;
    }
    return last < 0
        ? Optional.empty()
        : Stream.of(stack)
            .skip(last + 1)
            .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
            .findFirst();
  }
}
