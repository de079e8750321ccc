package io.lanpo.verifier.math.limit;

import java.math.BigInteger;

/**
 * What one comparison may cost. Counted in steps and not in time, so that the same answer always
 * gets the same verdict.
 */
public final class Budget {
  /** Longest answer that is read as a formula, in characters. */
  public static final int LONGEST = 10_000;

  /** Most tokens of a formula. */
  public static final int TOKENS = 4_000;

  /** Deepest nesting in the text. */
  public static final int DEEPEST = 64;

  /** Deepest tree: a chain of quotients nests without brackets. */
  public static final int TALLEST = 100;

  /** Largest whole number, in bits. */
  public static final int BITS = 20_000;

  /** Most terms of a polynomial. */
  public static final int TERMS = 300;

  /** Steps of one comparison; a step is about a microsecond. */
  private static final int STEPS = 12_000;

  private int left = STEPS;

  /** Takes steps; refuses when none are left. */
  public void spend(int steps) {
    left -= steps;
    if (left < 0) {
      throw new Refusal.BeyondLimits("takes more steps than the limit of " + STEPS);
    }
  }

  /** Refuses a number that is too large. */
  public static BigInteger checked(BigInteger number) {
    if (number.bitLength() > BITS) {
      throw new Refusal.BeyondLimits("a number has more than " + BITS + " bits");
    }
    return number;
  }
}
