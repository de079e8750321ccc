package io.lanpo.verifier.math.number;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact fraction in lowest terms, of bounded size.
 *
 * @param above the numerator
 * @param below the denominator, positive
 */
public record Rational(BigInteger above, BigInteger below) implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  public Rational {
    if (below.signum() == 0) {
      throw new Refusal.Undefined("divides by zero");
    }
    if (!below.equals(BigInteger.ONE)) {
      BigInteger divisor = above.gcd(below);
      if (below.signum() < 0) {
        divisor = divisor.negate();
      }
      above = above.divide(divisor);
      below = below.divide(divisor);
    }
    Budget.checked(above);
    Budget.checked(below);
  }

  public static Rational of(long number) {
    return new Rational(BigInteger.valueOf(number), BigInteger.ONE);
  }

  public static Rational of(BigInteger number) {
    return new Rational(number, BigInteger.ONE);
  }

  public static Rational of(BigDecimal number) {
    if (Math.abs((long) number.scale()) > Budget.BITS / 4) {
      throw new Refusal.BeyondLimits("a power of ten beyond " + Budget.BITS / 4);
    }
    return number.scale() > 0
        ? new Rational(number.unscaledValue(), BigInteger.TEN.pow(number.scale()))
        : of(number.toBigIntegerExact());
  }

  public Rational plus(Rational other) {
    return new Rational(
        above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
  }

  public Rational times(Rational other) {
    return new Rational(above.multiply(other.above), below.multiply(other.below));
  }

  public Rational negate() {
    return new Rational(above.negate(), below);
  }

  public Rational inverse() {
    return new Rational(below, above);
  }

  /** A whole power; sizes are checked before anything is computed. */
  public Rational power(int exponent) {
    if (exponent < 0) {
      return inverse().power(-exponent);
    }
    long bits = (long) Math.max(above.bitLength(), below.bitLength()) - 1;
    if (bits * exponent > Budget.BITS) {
      throw new Refusal.BeyondLimits("a power with more than " + Budget.BITS + " bits");
    }
    return new Rational(above.pow(exponent), below.pow(exponent));
  }

  public boolean isWhole() {
    return below.equals(BigInteger.ONE);
  }

  public int signum() {
    return above.signum();
  }

  /** The number when it is whole and within the range of a small exponent or index. */
  public boolean isSmall() {
    return isWhole() && above.bitLength() < 31;
  }

  public int small() {
    return above.intValueExact();
  }

  public BigDecimal decimal(MathContext precision) {
    BigDecimal numerator = new BigDecimal(above);
    return isWhole()
        ? numerator.round(precision)
        : numerator.divide(new BigDecimal(below), precision);
  }

  @Override
  public int compareTo(Rational other) {
    return above.multiply(other.below).compareTo(other.above.multiply(below));
  }

  @Override
  public String toString() {
    return isWhole() ? above.toString() : above + "/" + below;
  }
}
