package io.lanpo.assembly;

import org.jspecify.annotations.Nullable;

/** The product cannot be put together; the message names the bundle and the file to correct. */
final class AssemblyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AssemblyException(String message) {
    this(message, null);
  }

  AssemblyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
