package io.lanpo.libs.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An answer that is cut off or is not what was asked for; asking again may help. */
public final class MalformedAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedAnswer(String message) {
    this(message, null);
  }

  public MalformedAnswer(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
