package io.lanpo.shell.service;

import java.util.List;

/** Finds services at the moment they are needed. */
public interface Services {
  /**
   * The service of a type; waits a little while the platform is still starting.
   *
   * @throws io.lanpo.api.component.UserException when there is none, saying which bundle is missing
   * @throws InterruptedException when the wait was interrupted
   */
  <T> ServiceHandle<T> only(Class<T> type) throws InterruptedException;

  /**
   * The service of a type whose bundles are installed but do not start by themselves: they are
   * started first.
   *
   * @throws io.lanpo.api.component.UserException when there is none, saying which bundle is missing
   * @throws InterruptedException when the wait was interrupted
   */
  default <T> ServiceHandle<T> onDemand(Class<T> type) throws InterruptedException {
    return only(type);
  }

  /**
   * The component that serves under a name.
   *
   * @param where what names it, for messages, e.g. {@code --verifier}
   * @throws io.lanpo.api.component.UserException when none does, saying why
   * @throws InterruptedException when the wait for the platform was interrupted
   */
  <T> ServiceHandle<T> named(Class<T> type, String name, String where) throws InterruptedException;

  /** Names of the components of a type that are there now, sorted. */
  List<String> names(Class<?> type) throws InterruptedException;
}
