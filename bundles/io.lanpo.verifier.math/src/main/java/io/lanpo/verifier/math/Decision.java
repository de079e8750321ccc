package io.lanpo.verifier.math;

/**
 * Whether two answers mean the same.
 *
 * @param outcome the decision
 * @param rule which rule decided
 */
record Decision(Outcome outcome, String rule) {
  /** What can come out. */
  enum Outcome {
    EQUAL,
    UNEQUAL,
    /** The limits do not allow to tell. */
    UNDECIDED
  }

  static Decision equal(String rule) {
    return new Decision(Outcome.EQUAL, rule);
  }

  static Decision unequal(String rule) {
    return new Decision(Outcome.UNEQUAL, rule);
  }

  static Decision undecided(String rule) {
    return new Decision(Outcome.UNDECIDED, rule);
  }

  boolean isEqual() {
    return outcome == Outcome.EQUAL;
  }

  /** The same decision by a rule that led to it. */
  Decision by(String how) {
    return new Decision(outcome, how + ", " + rule);
  }
}
