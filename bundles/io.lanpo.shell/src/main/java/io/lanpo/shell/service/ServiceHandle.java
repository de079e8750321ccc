package io.lanpo.shell.service;

/**
 * A service in use; closing gives it back.
 *
 * @param <T> the service interface
 */
public interface ServiceHandle<T> extends AutoCloseable {
  /** The service. */
  T get();

  /** Gives the service back. */
  @Override
  void close();
}
