package io.lanpo.runtime;

import org.jspecify.annotations.Nullable;

/** The platform cannot be started; the message is a sentence for the user. */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    this(message, null);
  }

  LaunchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
