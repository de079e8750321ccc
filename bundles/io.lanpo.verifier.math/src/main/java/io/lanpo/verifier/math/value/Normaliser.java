package io.lanpo.verifier.math.value;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Degrees;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Percent;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.value.Poly.Atom;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns a term into a fraction of polynomials over atoms.
 *
 * <p>Whole roots of numbers are taken apart into roots of primes, so {@code √12} is {@code 2√3};
 * whole powers are multiplied out; what has no such form (a sine, a power with a symbol in its
 * exponent, a power too large to write down) becomes an atom whose key is its own normal form.
 * Hence equal fractions are equal terms; unequal ones need not be unequal terms unless {@link
 * Poly#isDecided()}.
 */
public final class Normaliser {
  private static final int LARGEST_FACTORIAL = 1_000;
  private static final int LARGEST_SHIFT = 20;
  private static final int LARGEST_PRIME = 5_000;
  private static final Rational DEGREES = Rational.of(180);
  private static final Rational HUNDREDTH = Rational.of(100).inverse();
  private static final Atom PI = new Atom("pi", 0, null, Atom.Kind.TRANSCENDENTAL);
  private static final Atom E = new Atom("e", 0, null, Atom.Kind.TRANSCENDENTAL);
  private static final Atom I = new Atom("i", 2, Poly.of(Rational.of(-1)), Atom.Kind.INDEPENDENT);

  private final Budget budget;

  public Normaliser(Budget budget) {
    this.budget = budget;
  }

  /**
   * The normal form.
   *
   * @throws Refusal for what is no term, has no value or is too large
   */
  public Fraction of(Expr expr) {
    budget.spend(2);
    if (expr instanceof Num number) {
      return Fraction.of(number.value());
    } else if (expr instanceof Sym symbol) {
      return atom(Atom.symbol(symbol.name()));
    } else if (expr instanceof Const constant) {
      return constant(constant);
    } else if (expr instanceof Sum sum) {
      Fraction total = Fraction.of(Rational.ZERO);
      for (Expr term : sum.terms()) {
        total = total.plus(of(term), budget);
      }
      return total;
    } else if (expr instanceof Product product) {
      Fraction total = Fraction.of(Rational.ONE);
      for (Expr factor : product.factors()) {
        total = total.times(of(factor), budget);
      }
      return total;
    } else if (expr instanceof Quotient quotient) {
      return of(quotient.above()).times(of(quotient.below()).inverse(), budget);
    } else if (expr instanceof Negative negative) {
      return of(negative.of()).negate();
    } else if (expr instanceof Power power) {
      return power(of(power.base()), of(power.exponent()));
    } else if (expr instanceof Call call) {
      return call(call);
    } else if (expr instanceof Degrees degrees) {
      return of(degrees.of()).times(Fraction.of(DEGREES.inverse()), budget).times(atom(PI), budget);
    } else if (expr instanceof Percent percent) {
      return of(percent.of()).times(Fraction.of(HUNDREDTH), budget);
    }
    throw new Refusal.Unreadable("is no single value");
  }

  private static Fraction atom(Atom atom) {
    return Fraction.of(Poly.of(atom));
  }

  private static Fraction opaque(String key) {
    if (key.length() > Budget.LONGEST) {
      throw new Refusal.BeyondLimits("a term longer than " + Budget.LONGEST);
    }
    return atom(new Atom(key, 0, null, Atom.Kind.OPAQUE));
  }

  private static Fraction constant(Const constant) {
    return switch (constant) {
      case PI -> atom(PI);
      case E -> atom(E);
      case I -> atom(I);
      case INFINITY -> throw new Refusal.Undefined("calculates with infinity");
    };
  }

  private Fraction power(Fraction base, Fraction exponent) {
    Rational number = exponent.number().orElse(null);
    if (number == null) {
      return symbolicPower(base, exponent);
    }
    if (number.isWhole()) {
      try {
        if (number.isSmall()) {
          return base.power(number.small(), budget);
        }
      } catch (Refusal.BeyondLimits e) {
        // stays as it is written: two such powers can still be seen to be the same
        return opaque("(" + base + ")^(" + exponent + ")");
      }
      return opaque("(" + base + ")^(" + exponent + ")");
    }
    if (!number.below().equals(BigInteger.valueOf(number.below().intValue()))
        || number.below().intValue() > 64
        || !Rational.of(number.above()).isSmall()) {
      return opaque("(" + base + ")^(" + exponent + ")");
    }
    return root(base, number.below().intValueExact()).power(number.above().intValueExact(), budget);
  }

  /** {@code x^(n+2)} is {@code x²·x^n}. */
  private Fraction symbolicPower(Fraction base, Fraction exponent) {
    if (!exponent.below().equals(Poly.ONE)) {
      return opaque("(" + base + ")^(" + exponent + ")");
    }
    Rational whole = exponent.above().constantTerm();
    if (whole.signum() == 0 || !whole.isWhole() || !whole.isSmall()) {
      return opaque("(" + base + ")^(" + exponent + ")");
    }
    Fraction rest = exponent.plus(Fraction.of(whole.negate()), budget);
    return opaque("(" + base + ")^(" + rest + ")").times(power(base, Fraction.of(whole)), budget);
  }

  private Fraction root(Fraction of, int degree) {
    Rational number = of.number().orElse(null);
    if (number != null) {
      if (number.signum() < 0 && degree == 2) {
        return root(of.negate(), 2).times(atom(I), budget);
      }
      if (number.signum() >= 0) {
        BigInteger below = number.below();
        // the denominator is made rational: √(a/b) is √(a·b^(n-1))/b
        BigInteger radicand =
            Budget.checked(number.above().multiply(Rational.of(below).power(degree - 1).above()));
        return wholeRoot(radicand, degree)
            .times(Fraction.of(new Rational(BigInteger.ONE, below)), budget);
      }
      return degree % 2 == 1
          ? root(of.negate(), degree).negate()
          : opaque("root" + degree + "(" + of + ")");
    }
    if (!of.below().equals(Poly.ONE)) {
      return opaque("root" + degree + "(" + of + ")");
    }
    String key = "root" + degree + "(" + of + ")";
    return atom(new Atom(key, degree, of.above(), Atom.Kind.OPAQUE));
  }

  /** The root of a whole number by its prime factors; a large factor that is left is kept whole. */
  private Fraction wholeRoot(BigInteger radicand, int degree) {
    if (radicand.signum() == 0) {
      return Fraction.of(Rational.ZERO);
    }
    Fraction result = Fraction.of(Rational.ONE);
    BigInteger left = radicand;
    for (int prime = 2;
        prime < LARGEST_PRIME && left.bitLength() > 1;
        prime += prime == 2 ? 1 : 2) {
      BigInteger divisor = BigInteger.valueOf(prime);
      if (left.bitLength() < 62 && (long) prime * prime > left.longValueExact()) {
        break;
      }
      int times = 0;
      while (left.bitLength() < 63
          ? left.longValueExact() % prime == 0
          : left.mod(divisor).signum() == 0) {
        left = left.divide(divisor);
        times++;
        budget.spend(1);
      }
      if (times > 0) {
        result = result.times(primeRoot(divisor, degree, true).power(times, budget), budget);
      }
      if ((prime & 63) == 1) {
        budget.spend(left.bitLength() < 63 ? 1 : 8);
      }
    }
    if (left.equals(BigInteger.ONE)) {
      return result;
    }
    boolean prime =
        left.bitLength() < 62 && left.longValueExact() < (long) LARGEST_PRIME * LARGEST_PRIME;
    BigInteger exact = degree == 2 && !prime ? left.sqrt() : BigInteger.ZERO;
    if (exact.multiply(exact).equals(left)) {
      return result.times(Fraction.of(Rational.of(exact)), budget);
    }
    return result.times(primeRoot(left, degree, prime), budget);
  }

  private static Fraction primeRoot(BigInteger of, int degree, boolean prime) {
    // different roots of primes are independent as long as all are square roots
    Atom.Kind kind = prime && degree == 2 ? Atom.Kind.INDEPENDENT : Atom.Kind.OPAQUE;
    return atom(new Atom("root" + degree + "(" + of + ")", degree, Poly.of(Rational.of(of)), kind));
  }

  private Fraction call(Call call) {
    List<Fraction> arguments = call.arguments().stream().map(this::of).toList();
    Fraction first = arguments.get(0);
    Rational number = first.number().orElse(null);
    boolean one = arguments.size() == 1;
    switch (call.function()) {
      case "sqrt":
        return root(first, 2);
      case "root":
        return rootOfDegree(first, arguments.get(1));
      case "exp":
        return power(atom(E), first);
      case "lg":
        return opaque("log(10," + first + ")");
      case "log":
        return one
            ? opaque("ln(" + first + ")")
            : opaque("log(" + first + "," + arguments.get(1) + ")");
      case "ln":
        if (first.equals(Fraction.of(Rational.ONE))) {
          return Fraction.of(Rational.ZERO);
        }
        return first.equals(atom(E)) ? Fraction.of(Rational.ONE) : opaque("ln(" + first + ")");
      case "abs":
        if (number != null) {
          return number.signum() < 0 ? first.negate() : first;
        }
        break;
      case "floor", "ceil":
        if (number != null) {
          BigInteger[] parts = number.above().divideAndRemainder(number.below());
          int down = parts[1].signum() < 0 ? -1 : 0;
          int up = parts[1].signum() > 0 ? 1 : 0;
          int step = call.function().equals("floor") ? down : up;
          return Fraction.of(Rational.of(parts[0].add(BigInteger.valueOf(step))));
        }
        break;
      case "factorial":
        return factorial(first);
      case "binom":
        return binomial(first, arguments.get(1));
      default:
        break;
    }
    return opaque(
        call.function()
            + arguments.stream()
                .map(Fraction::toString)
                .collect(Collectors.joining(",", "(", ")")));
  }

  private Fraction rootOfDegree(Fraction degree, Fraction of) {
    Rational n = degree.number().orElse(null);
    if (n == null || !n.isSmall() || n.small() < 2 || n.small() > 64) {
      return power(of, degree.inverse());
    }
    Rational number = of.number().orElse(null);
    boolean odd = n.small() % 2 == 1;
    if (odd && number != null && number.signum() < 0) {
      return root(of.negate(), n.small()).negate();
    }
    return root(of, n.small());
  }

  /** {@code (n+2)!} is {@code n!·(n+1)(n+2)}. */
  private Fraction factorial(Fraction of) {
    Rational number = of.number().orElse(null);
    if (number != null) {
      return factorial(number);
    }
    Rational whole = of.below().equals(Poly.ONE) ? of.above().constantTerm() : Rational.ZERO;
    if (!whole.isWhole() || !whole.isSmall() || Math.abs(whole.small()) > LARGEST_SHIFT) {
      return opaque("factorial(" + of + ")");
    }
    Fraction rest = of.plus(Fraction.of(whole.negate()), budget);
    Fraction result = opaque("factorial(" + rest + ")");
    for (int i = 1; i <= whole.small(); i++) {
      result = result.times(rest.plus(Fraction.of(Rational.of(i)), budget), budget);
    }
    for (int i = 0; i > whole.small(); i--) {
      result = result.times(rest.plus(Fraction.of(Rational.of(i)), budget).inverse(), budget);
    }
    return result;
  }

  /** With a symbol, the quotient of factorials, of which those of a small number are cancelled. */
  private Fraction binomial(Fraction n, Fraction k) {
    Rational all = n.number().orElse(null);
    Rational some = k.number().orElse(null);
    if (all != null && some != null) {
      return binomial(all, some);
    }
    if (some != null && some.isSmall() && some.signum() >= 0 && some.small() <= LARGEST_SHIFT) {
      Fraction result = Fraction.of(Rational.ONE);
      for (int i = 0; i < some.small(); i++) {
        Fraction factor = n.plus(Fraction.of(Rational.of(-i)), budget);
        Rational share = Rational.of(i + 1).inverse();
        result = result.times(factor, budget).times(Fraction.of(share), budget);
      }
      return result;
    }
    return factorial(n)
        .times(factorial(k).inverse(), budget)
        .times(factorial(n.plus(k.negate(), budget)).inverse(), budget);
  }

  private Fraction factorial(Rational of) {
    if (!of.isWhole() || of.signum() < 0) {
      throw new Refusal.Undefined("the factorial of " + of);
    }
    if (!of.isSmall() || of.small() > LARGEST_FACTORIAL) {
      return opaque("factorial(" + of + ")");
    }
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= of.small(); i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    budget.spend(1 + of.small() / 8);
    return Fraction.of(Rational.of(product));
  }

  private Fraction binomial(Rational n, Rational k) {
    if (!n.isWhole() || !k.isWhole() || n.signum() < 0) {
      throw new Refusal.Undefined("a binomial of " + n + " and " + k);
    }
    if (!n.isSmall() || !k.isSmall() || n.small() > LARGEST_FACTORIAL) {
      return opaque("binom(" + n + "," + k + ")");
    }
    if (k.signum() < 0 || k.small() > n.small()) {
      return Fraction.of(Rational.ZERO);
    }
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < k.small(); i++) {
      product =
          product.multiply(BigInteger.valueOf(n.small() - i)).divide(BigInteger.valueOf(i + 1));
    }
    budget.spend(1 + k.small() / 4);
    return Fraction.of(Rational.of(product));
  }
}
