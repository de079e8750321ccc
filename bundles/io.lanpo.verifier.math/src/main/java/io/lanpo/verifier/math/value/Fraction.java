package io.lanpo.verifier.math.value;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import java.util.Optional;

/**
 * A quotient of polynomials, not always in lowest terms; a denominator without atoms is 1.
 *
 * @param above numerator
 * @param below denominator, not zero
 */
public record Fraction(Poly above, Poly below) {
  static Fraction of(Poly poly) {
    return new Fraction(poly, Poly.ONE);
  }

  static Fraction of(Rational number) {
    return of(Poly.of(number));
  }

  Optional<Rational> number() {
    return below.equals(Poly.ONE) ? above.number() : Optional.empty();
  }

  Fraction plus(Fraction other, Budget budget) {
    if (below.equals(other.below)) {
      return new Fraction(above.plus(other.above, budget), below);
    }
    return new Fraction(
        above.times(other.below, budget).plus(other.above.times(below, budget), budget),
        below.times(other.below, budget));
  }

  Fraction times(Fraction other, Budget budget) {
    return new Fraction(above.times(other.above, budget), below.times(other.below, budget))
        .simple();
  }

  Fraction inverse() {
    if (above.isZero()) {
      throw new Refusal.Undefined("divides by zero");
    }
    return new Fraction(below, above).simple();
  }

  private Fraction simple() {
    Rational number = below.number().orElse(null);
    if (above.isZero()) {
      return of(Poly.ZERO);
    }
    return number == null || number.equals(Rational.ONE)
        ? this
        : new Fraction(above.times(number.inverse()), Poly.ONE);
  }

  Fraction negate() {
    return new Fraction(above.negate(), below);
  }

  Fraction power(int exponent, Budget budget) {
    if (exponent < 0) {
      return inverse().power(-exponent, budget);
    }
    return new Fraction(above.power(exponent, budget), below.power(exponent, budget)).simple();
  }

  /** What must be zero for two fractions to be equal. */
  public Poly difference(Fraction other, Budget budget) {
    return above.times(other.below, budget).plus(other.above.times(below, budget).negate(), budget);
  }

  @Override
  public String toString() {
    return below.equals(Poly.ONE) ? above.toString() : "(" + above + ")/(" + below + ")";
  }
}
