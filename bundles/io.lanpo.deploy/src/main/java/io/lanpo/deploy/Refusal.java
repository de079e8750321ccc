package io.lanpo.deploy;

/** Why a file does not take effect. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String nextStep;

  /**
   * @param message what is wrong, to be read after the file's name
   * @param nextStep what the user can do about it
   */
  Refusal(String message, String nextStep) {
    super(message);
    this.nextStep = nextStep;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  String nextStep() {
    return nextStep;
  }
}
