package io.lanpo.dashboard.service;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Finds services when a request needs them, so that a bundle can be replaced between two. */
public interface Services {
  /**
   * Uses the service of a type.
   *
   * @return the result of the use; empty when there is no such service
   */
  <T, R> Optional<R> use(Class<T> type, Function<T, R> use);

  /**
   * Uses the component of a type with a {@code lanpo.name}.
   *
   * @return the result of the use; empty when nothing is there that looks components up
   * @throws io.lanpo.api.component.UserException when none serves under the name, saying why
   */
  <T, R> Optional<R> use(Class<T> type, String name, Function<T, R> use);

  /** The folder of the pools that runs share. */
  Path sharedPools();
}
