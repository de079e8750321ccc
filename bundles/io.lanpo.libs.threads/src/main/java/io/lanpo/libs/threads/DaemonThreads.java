package io.lanpo.libs.threads;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * A factory of daemon threads.
   *
   * @param name of each of them
   */
  public static ThreadFactory named(String name) {
    return named(name, 0);
  }

  /**
   * A factory of daemon threads with stacks of their own size, for many threads that call little.
   *
   * @param name of each of them
   * @param stackBytes size of a stack; 0 for what the JVM takes
   */
  public static ThreadFactory named(String name, long stackBytes) {
    return task -> {
      Thread thread = new Thread(null, task, name, stackBytes);
      thread.setDaemon(true);
      return thread;
    };
  }
}
