package io.lanpo.policy.tinker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An answer that is cut off or is not what was asked for; asking again may help. */
final class MalformedAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedAnswer(String message) {
    this(message, null);
  }

  MalformedAnswer(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
