package io.lanpo.libs.djl;

/** The engine cannot be used on this machine; the message is a sentence for the user. */
public final class DjlUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String nextStep;

  DjlUnavailableException(String message, String nextStep, Throwable cause) {
    super(message, cause);
    this.nextStep = nextStep;
  }

  /** What the user can do about it. */
  public String nextStep() {
    return nextStep;
  }
}
