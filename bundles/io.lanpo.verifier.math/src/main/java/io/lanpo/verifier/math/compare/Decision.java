package io.lanpo.verifier.math.compare;

/**
 * Whether two answers mean the same.
 *
 * @param outcome the decision
 * @param rule which rule decided
 */
public record Decision(Outcome outcome, String rule) {
  /** What can come out. */
  public enum Outcome {
    EQUAL,
    UNEQUAL,
    /** The limits do not allow to tell. */
    UNDECIDED
  }

  public static Decision equal(String rule) {
    return new Decision(Outcome.EQUAL, rule);
  }

  public static Decision unequal(String rule) {
    return new Decision(Outcome.UNEQUAL, rule);
  }

  public static Decision undecided(String rule) {
    return new Decision(Outcome.UNDECIDED, rule);
  }

  public boolean isEqual() {
    return outcome == Outcome.EQUAL;
  }

  /** The same decision by a rule that led to it. */
  public Decision by(String how) {
    return new Decision(outcome, how + ", " + rule);
  }
}
