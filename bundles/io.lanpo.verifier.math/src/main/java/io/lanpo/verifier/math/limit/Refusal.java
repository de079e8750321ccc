package io.lanpo.verifier.math.limit;

/** Something that this verifier will not or cannot do with an answer, and why. */
public abstract sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String why) {
    // thrown for every answer that is not a formula, so without the cost of a stack trace
    super(why, null, false, false);
  }

  /** The reason. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** The text is not a formula. */
  public static final class Unreadable extends Refusal {
    private static final long serialVersionUID = 1;

    public Unreadable(String why) {
      super(why);
    }
  }

  /** The formula has no value: a division by zero, a logarithm of zero. */
  public static final class Undefined extends Refusal {
    private static final long serialVersionUID = 1;

    public Undefined(String why) {
      super(why);
    }
  }

  /** Working it out would take more than the budget. */
  public static final class BeyondLimits extends Refusal {
    private static final long serialVersionUID = 1;

    public BeyondLimits(String why) {
      super(why);
    }
  }
}
