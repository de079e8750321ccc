package io.lanpo.api.component;

import org.jspecify.annotations.Nullable;

/**
 * A problem that a user can fix: bad input, a missing component, a full disk.
 *
 * <p>The message is one plain sentence that names the file, the key and the value and says what
 * would be right; {@link #nextStep()} says what to do now. Shells print both without a stack trace.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String nextStep;

  /**
   * @param message what is wrong, naming file, key and value
   * @param nextStep what the user can do about it; may be empty when the message says it
   */
  public UserException(String message, String nextStep) {
    this(message, nextStep, null);
  }

  /**
   * @param message what is wrong, naming file, key and value
   * @param nextStep what the user can do about it; may be empty when the message says it
   * @param cause the failure behind it, shown only when debugging
   */
  public UserException(String message, String nextStep, @Nullable Throwable cause) {
    super(message, cause);
    this.nextStep = nextStep;
  }

  /** What the user can do about it; empty when the message already says so. */
  public String nextStep() {
    return nextStep;
  }

  /** With the next step, since a log or another framework shows nothing else. */
  @Override
  public String toString() {
    return super.toString() + (nextStep.isEmpty() ? "" : ". " + nextStep);
  }
}
