package io.lanpo.deploy.guard;

/** Why a file does not take effect. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String nextStep;
  private final Kind kind;

  /** What may come of the file later. */
  public enum Kind {
    /** Nothing, unless it changes. */
    FINAL,
    /** It works once something else is there. */
    WAITS,
    /** Its code did not return; a thread of it may still run. */
    HANGS
  }

  /**
   * A refusal for good.
   *
   * @param message what is wrong, to be read after the file's name
   * @param nextStep what the user can do about it
   */
  public Refusal(String message, String nextStep) {
    this(message, nextStep, Kind.FINAL);
  }

  /**
   * @param message what is wrong, to be read after the file's name
   * @param nextStep what the user can do about it
   */
  public Refusal(String message, String nextStep, Kind kind) {
    super(message);
    this.nextStep = nextStep;
    this.kind = kind;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }

  public String nextStep() {
    return nextStep;
  }

  public Kind kind() {
    return kind;
  }

  /** The same with another wording. */
  public Refusal saying(String message) {
    return new Refusal(message, nextStep, kind);
  }
}
