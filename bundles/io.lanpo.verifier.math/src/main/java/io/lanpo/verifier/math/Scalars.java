package io.lanpo.verifier.math;

import java.math.BigDecimal;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Decides whether two terms have the same value: exactly where that is possible, else with 50
 * digits at fixed points.
 *
 * <p>The points of a symbol come from its name: four positive fractions, three of either sign,
 * three whole numbers. A point where one side has no real value says nothing; two others at least
 * must agree and none may differ.
 */
final class Scalars {
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-36");
  private static final BigDecimal NOISE = new BigDecimal("1e-40");
  private static final int POINTS = 10;
  private static final int FIRST_MIXED = 4;
  private static final int FIRST_WHOLE = 7;
  private static final int ENOUGH = 2;

  private final Budget budget;
  private final Normaliser normaliser;

  Scalars(Budget budget) {
    this.budget = budget;
    this.normaliser = new Normaliser(budget);
  }

  /** Compares two terms. */
  Decision compare(Expr key, Expr answer) {
    try {
      Poly difference = normaliser.of(key).difference(normaliser.of(answer), budget);
      if (difference.isZero()) {
        return Decision.equal("exactly the same value");
      }
      if (difference.isDecided()) {
        return Decision.unequal("different exact values");
      }
    } catch (Refusal.Undefined e) {
      return Decision.unequal("a value is not defined: " + e.why());
    } catch (Refusal.BeyondLimits e) {
      // the value may still be within reach where the exact form is not
      return atPoints(key, answer);
    }
    return atPoints(key, answer);
  }

  private Decision atPoints(Expr key, Expr answer) {
    SortedSet<String> symbols = new TreeSet<>(key.symbols());
    symbols.addAll(answer.symbols());
    if (symbols.isEmpty()) {
      return constants(key, answer);
    }
    boolean realOnly = !mentionsI(key) && !mentionsI(answer);
    int agreed = 0;
    for (int i = 0; i < POINTS; i++) {
      try {
        Evaluator at = new Evaluator(budget, point(i), realOnly);
        if (!same(at.of(key), at.of(answer))) {
          return Decision.unequal("different values at a test point");
        }
        agreed++;
      } catch (Refusal.Undefined e) {
        // no value at this point: the next may have one
        continue;
      } catch (Refusal.BeyondLimits e) {
        return Decision.undecided(e.why());
      }
    }
    return agreed >= ENOUGH
        ? Decision.equal("the same values with 50 digits at %d test points".formatted(agreed))
        : Decision.unequal("no common values at the test points");
  }

  private Decision constants(Expr key, Expr answer) {
    Evaluator evaluator = new Evaluator(budget, name -> BigDecimal.ZERO, false);
    try {
      return same(evaluator.of(key), evaluator.of(answer))
          ? Decision.equal("the same value with 50 digits")
          : Decision.unequal("different values with 50 digits");
    } catch (Refusal.Undefined e) {
      return Decision.unequal("a value is not defined: " + e.why());
    } catch (Refusal.BeyondLimits e) {
      return Decision.undecided(e.why());
    }
  }

  /**
   * Whether one term is a constant multiple of another, not zero.
   *
   * @param positive whether the constant must be positive
   */
  Decision proportional(Expr key, Expr answer, boolean positive) {
    boolean realOnly = !mentionsI(key) && !mentionsI(answer);
    int agreed = 0;
    Complex ratio = Complex.ZERO;
    for (int i = 0; i < POINTS; i++) {
      try {
        Evaluator at = new Evaluator(budget, point(i), realOnly);
        Complex a = at.of(key);
        Complex b = at.of(answer);
        boolean zero = a.size().compareTo(NOISE) < 0;
        if (zero != b.size().compareTo(NOISE) < 0) {
          return Decision.unequal("no multiple of each other");
        }
        if (zero) {
          continue;
        }
        Complex here = a.over(b);
        if (positive && here.re().signum() <= 0 || agreed > 0 && !same(ratio, here)) {
          return Decision.unequal("no multiple of each other");
        }
        ratio = here;
        agreed++;
      } catch (Refusal.Undefined e) {
        // no value at this point: the next may have one
        continue;
      } catch (Refusal.BeyondLimits e) {
        return Decision.undecided(e.why());
      }
    }
    return agreed >= ENOUGH
        ? Decision.equal("a multiple of each other at %d test points".formatted(agreed))
        : Decision.unequal("no common values at the test points");
  }

  /** Whether the numerators of two terms are multiples of each other, exactly. */
  boolean sameZeros(Expr key, Expr answer) {
    try {
      Poly a = normaliser.of(key).above();
      Poly b = normaliser.of(answer).above();
      if (a.isZero() || b.isZero() || a.terms().size() != b.terms().size()) {
        return false;
      }
      Monomial any = a.terms().keySet().iterator().next();
      Rational below = b.terms().get(any);
      Rational above = a.terms().get(any);
      return below != null && above != null && a.equals(b.times(above.times(below.inverse())));
    } catch (Refusal.Undefined | Refusal.BeyondLimits e) {
      return false;
    }
  }

  /** The real value of a constant term. */
  BigDecimal real(Expr constant) {
    Complex value = new Evaluator(budget, name -> BigDecimal.ZERO, false).of(constant);
    if (!value.isReal()) {
      throw new Refusal.Undefined("a complex number where a real one must be");
    }
    return value.re();
  }

  static boolean same(Complex a, Complex b) {
    BigDecimal off = a.minus(b).size();
    BigDecimal size = a.size().max(b.size());
    return off.compareTo(size.multiply(TOLERANCE, Reals.DIGITS).max(NOISE)) <= 0;
  }

  private static boolean mentionsI(Expr expr) {
    return expr.has(e -> e == Expr.Const.I);
  }

  /** The value of each symbol at a test point; different symbols have different values. */
  private static Function<String, BigDecimal> point(int index) {
    return name -> {
      int hash = (name.hashCode() * 31 + index) * 0x9E3779B1;
      int mixed = (hash ^ hash >>> 15) & 0x7fffffff;
      if (index >= FIRST_WHOLE) {
        return BigDecimal.valueOf(2 + mixed % 7);
      }
      BigDecimal size =
          BigDecimal.valueOf(271 + mixed % 2503).divide(BigDecimal.valueOf(997), Reals.DIGITS);
      return index >= FIRST_MIXED && (mixed >> 12 & 1) == 1 ? size.negate() : size;
    };
  }
}
