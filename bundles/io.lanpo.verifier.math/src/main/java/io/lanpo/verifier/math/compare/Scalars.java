package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Complex;
import io.lanpo.verifier.math.number.Reals;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.value.Evaluator;
import io.lanpo.verifier.math.value.Normaliser;
import io.lanpo.verifier.math.value.Poly;
import java.math.BigDecimal;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    return atPoints(
        key,
        answer,
        (a, b) -> same(a, b) ? Sign.AGREE : Sign.DIFFER,
        "different values at a test point",
        "the same values with 50 digits");
  }

  /** What the values at one test point say. */
  private enum Sign {
    AGREE,
    NOTHING,
    DIFFER
  }

  /**
   * Asks at one test point after the other.
   *
   * @param test tells from the values of both terms
   * @param differ the rule when they differ somewhere
   * @param agree the rule when they agree at enough points
   */
  private Decision atPoints(
      Expr key, Expr answer, BiFunction<Complex, Complex, Sign> test, String differ, String agree) {
    boolean realOnly = !mentionsI(key) && !mentionsI(answer);
    int agreed = 0;
    for (int i = 0; i < POINTS; i++) {
      try {
        Evaluator at = new Evaluator(budget, point(i), realOnly);
        Sign sign = test.apply(at.of(key), at.of(answer));
        if (sign == Sign.DIFFER) {
          return Decision.unequal(differ);
        }
        agreed += sign == Sign.AGREE ? 1 : 0;
      } catch (Refusal.Undefined e) {
        // no value at this point: the next may have one
        continue;
      } catch (Refusal.BeyondLimits e) {
        return Decision.undecided(e.why());
      }
    }
    return agreed >= ENOUGH
        ? Decision.equal("%s at %d test points".formatted(agree, agreed))
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
    return atPoints(
        key,
        answer,
        new Multiple(positive),
        "no multiple of each other",
        "a multiple of each other");
  }

  /** Compares the quotients of all points with that of the first. */
  private final class Multiple implements BiFunction<Complex, Complex, Sign> {
    private final boolean positive;
    private @Nullable Complex ratio;

    Multiple(boolean positive) {
      this.positive = positive;
    }

    @Override
    public Sign apply(Complex key, Complex answer) {
      boolean zero = key.size().compareTo(NOISE) < 0;
      if (zero != answer.size().compareTo(NOISE) < 0) {
        return Sign.DIFFER;
      }
      if (zero) {
        return Sign.NOTHING;
      }
      Complex before = ratio;
      ratio = key.over(answer);
      return positive && ratio.re().signum() <= 0 || before != null && !same(before, ratio)
          ? Sign.DIFFER
          : Sign.AGREE;
    }
  }

  /** Whether the numerators of two terms are multiples of each other, exactly. */
  boolean sameZeros(Expr key, Expr answer) {
    try {
      return normaliser.of(key).above().isMultipleOf(normaliser.of(answer).above());
    } catch (Refusal.Undefined | Refusal.BeyondLimits e) {
      return false;
    }
  }

  /** Whether a term is a whole number, as far as can be told. */
  boolean isWhole(Expr expr) {
    try {
      return expr.symbols().isEmpty() && real(expr).stripTrailingZeros().scale() <= 0;
    } catch (Refusal e) {
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
