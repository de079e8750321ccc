package io.lanpo.pool.chronicle;

import io.lanpo.api.component.UserException;
import io.lanpo.pool.chronicle.file.Remedy;
import java.nio.file.Path;

/** What to say when files cannot be used for a reason that lies outside of the pool. */
final class PoolFailure {
  /** How operating systems put it; Java has no exception of its own for it. */
  private static final String NO_SPACE = "No space left";

  private PoolFailure() {}

  /**
   * A failure in words.
   *
   * @param what what cannot be done, {@code cannot be opened}
   */
  static UserException of(Path folder, String what, Exception cause) {
    if (reason(cause).contains(NO_SPACE)) {
      return new UserException(
          "The disk of the pool folder %s is full.".formatted(folder),
          "Free some space, or use a pool folder on another disk.",
          cause);
    }
    return new UserException(
        "The pool in %s %s: %s".formatted(folder, what, reason(cause)),
        "Correct that or use another pool folder. " + Remedy.REBUILD,
        cause);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }
}
