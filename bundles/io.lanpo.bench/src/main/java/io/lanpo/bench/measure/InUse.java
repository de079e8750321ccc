package io.lanpo.bench.measure;

/**
 * A component in use; closing gives it back.
 *
 * @param <T> its service interface
 * @param component what is used
 * @param release gives it back
 */
public record InUse<T>(T component, Runnable release) implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
