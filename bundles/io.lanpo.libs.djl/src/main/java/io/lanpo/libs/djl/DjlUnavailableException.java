package io.lanpo.libs.djl;

/**
 * The engine cannot be used on this machine; the message is a sentence for the user and names the
 * next step.
 */
public final class DjlUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DjlUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
