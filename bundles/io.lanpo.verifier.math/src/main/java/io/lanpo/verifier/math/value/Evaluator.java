package io.lanpo.verifier.math.value;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Complex;
import io.lanpo.verifier.math.number.Reals;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** The value of a term with 50 digits, at a point. */
public final class Evaluator {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final int LARGEST_POWER = 1_000_000;
  private static final int LARGEST_FACTORIAL = 2_000;

  private final Budget budget;
  private final Reals reals;
  private final Function<String, BigDecimal> point;
  private final boolean realOnly;

  /**
   * @param point the value of a symbol
   * @param realOnly whether roots and logarithms of negative numbers have no value
   */
  public Evaluator(Budget budget, Function<String, BigDecimal> point, boolean realOnly) {
    this.budget = budget;
    this.reals = new Reals(budget);
    this.point = point;
    this.realOnly = realOnly;
  }

  /**
   * The value.
   *
   * @throws Refusal when there is none here or it takes too much
   */
  public Complex of(Expr expr) {
    try {
      return value(expr);
    } catch (ArithmeticException e) {
      throw new Refusal.BeyondLimits("a value that is too large or too small");
    }
  }

  private Complex value(Expr expr) {
    budget.spend(2);
    if (expr instanceof Num number) {
      return Complex.real(number.value().decimal(Reals.DIGITS));
    } else if (expr instanceof Sym symbol) {
      return Complex.real(point.apply(symbol.name()));
    } else if (expr instanceof Const constant) {
      return constant(constant);
    } else if (expr instanceof Sum sum) {
      Complex total = Complex.ZERO;
      for (Expr term : sum.terms()) {
        total = total.plus(value(term));
      }
      return total;
    } else if (expr instanceof Product product) {
      Complex total = Complex.ONE;
      for (Expr factor : product.factors()) {
        total = total.times(value(factor));
      }
      return total;
    } else if (expr instanceof Quotient quotient) {
      return value(quotient.above()).over(value(quotient.below()));
    } else if (expr instanceof Negative negative) {
      return value(negative.of()).negate();
    } else if (expr instanceof Power power) {
      return power(value(power.base()), value(power.exponent()), oddRoot(power.exponent()));
    } else if (expr instanceof Degrees degrees) {
      return value(degrees.of())
          .times(Complex.real(Reals.divide(Reals.PI, BigDecimal.valueOf(180))));
    } else if (expr instanceof Percent percent) {
      return value(percent.of()).over(Complex.real(HUNDRED));
    } else if (expr instanceof Call call) {
      return call(call.function(), call.arguments().stream().map(this::value).toList());
    }
    throw new Refusal.Unreadable("is no single value");
  }

  private static Complex constant(Const constant) {
    return switch (constant) {
      case PI -> Complex.real(Reals.PI.round(Reals.DIGITS));
      case E -> Complex.real(Reals.E.round(Reals.DIGITS));
      case I -> Complex.I;
      case INFINITY -> throw new Refusal.Undefined("calculates with infinity");
    };
  }

  /** The odd degree of the root that a fraction of small numbers in an exponent asks for, or 0. */
  private static int oddRoot(Expr exponent) {
    if (exponent instanceof Quotient q
        && q.below() instanceof Num n
        && n.value().isSmall()
        && n.value().small() % 2 == 1
        && n.value().small() > 1) {
      return n.value().small();
    }
    return 0;
  }

  private Complex power(Complex base, Complex exponent, int oddRoot) {
    if (exponent.isReal()) {
      BigDecimal nearest = exponent.re().setScale(0, RoundingMode.HALF_EVEN);
      if (Reals.isZero(exponent.re().subtract(nearest))) {
        if (nearest.abs().compareTo(BigDecimal.valueOf(LARGEST_POWER)) > 0) {
          throw new Refusal.BeyondLimits("a power beyond " + LARGEST_POWER);
        }
        return wholePower(base, nearest.intValueExact());
      }
      if (exponent.re().compareTo(HALF) == 0) {
        return sqrt(base);
      }
      if (oddRoot > 0 && base.isReal() && base.re().signum() < 0) {
        // the real cube root of a negative number; the numerator's parity is kept by the sign
        Complex size = power(Complex.real(base.re().negate()), exponent, 0);
        BigDecimal above = Reals.multiply(exponent.re(), BigDecimal.valueOf(oddRoot));
        boolean odd = above.setScale(0, RoundingMode.HALF_EVEN).toBigInteger().testBit(0);
        return odd ? size.negate() : size;
      }
    }
    if (Reals.isZero(base.size())) {
      if (exponent.isReal() && exponent.re().signum() > 0) {
        return Complex.ZERO;
      }
      throw new Refusal.Undefined("a power of zero");
    }
    return exp(ln(base).times(exponent));
  }

  private Complex wholePower(Complex base, int exponent) {
    budget.spend(8);
    if (exponent < 0) {
      return Complex.ONE.over(wholePower(base, -exponent));
    }
    if (base.im().signum() == 0) {
      return Complex.real(base.re().pow(exponent, Reals.DIGITS));
    }
    Complex result = Complex.ONE;
    Complex square = base;
    for (int left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result.times(square);
      }
      square = square.times(square);
    }
    return result;
  }

  private Complex exp(Complex x) {
    BigDecimal size = reals.exp(x.re());
    return x.isReal()
        ? Complex.real(size)
        : new Complex(
            Reals.multiply(size, reals.cos(x.im())), Reals.multiply(size, reals.sin(x.im())));
  }

  private Complex ln(Complex x) {
    if (Reals.isZero(x.size())) {
      throw new Refusal.Undefined("the logarithm of zero");
    }
    if (x.isReal() && x.re().signum() > 0) {
      return Complex.real(reals.ln(x.re()));
    }
    refuseImaginary("the logarithm of a negative number");
    return new Complex(reals.ln(modulus(x)), argument(x));
  }

  private void refuseImaginary(String what) {
    if (realOnly) {
      throw new Refusal.Undefined(what);
    }
  }

  private BigDecimal modulus(Complex x) {
    return x.isReal()
        ? x.re().abs()
        : reals.sqrt(Reals.add(Reals.multiply(x.re(), x.re()), Reals.multiply(x.im(), x.im())));
  }

  private BigDecimal argument(Complex x) {
    if (x.isReal()) {
      return x.re().signum() < 0 ? Reals.PI.round(Reals.DIGITS) : BigDecimal.ZERO;
    }
    // half-angle form: stable for every direction but the negative axis, which is above
    return Reals.multiply(
        reals.atan(Reals.divide(x.im(), Reals.add(modulus(x), x.re()))), BigDecimal.valueOf(2));
  }

  private Complex sqrt(Complex x) {
    if (x.isReal()) {
      if (x.re().signum() >= 0) {
        return Complex.real(reals.sqrt(x.re()));
      }
      if (Reals.isZero(x.re())) {
        return Complex.ZERO;
      }
      refuseImaginary("the root of a negative number");
      return new Complex(BigDecimal.ZERO, reals.sqrt(x.re().negate()));
    }
    return exp(ln(x).times(Complex.real(HALF)));
  }

  private Complex call(String function, List<Complex> arguments) {
    Complex x = arguments.get(0);
    if (arguments.size() == 1) {
      return of(function, x);
    }
    Complex y = arguments.get(1);
    return switch (function) {
      case "root" -> root(x, y);
      case "log" -> ln(y).over(ln(x));
      case "binom" -> binomial(x, y);
      case "max", "min" -> extreme(function.equals("max"), arguments);
      case "gcd", "lcm" ->
          arguments.stream()
              .reduce((a, b) -> Complex.real(divisor(function.equals("gcd"), real(a), real(b))))
              .orElse(x);
      default -> throw new Refusal.Unreadable("the function " + function + " is not known");
    };
  }

  private Complex of(String function, Complex x) {
    return switch (function) {
      case "sqrt" -> sqrt(x);
      case "exp" -> exp(x);
      case "ln", "log" -> ln(x);
      case "lg" -> ln(x).over(Complex.real(reals.ln(BigDecimal.TEN)));
      case "abs" -> Complex.real(modulus(x));
      case "floor" -> Complex.real(real(x).setScale(0, RoundingMode.FLOOR));
      case "ceil" -> Complex.real(real(x).setScale(0, RoundingMode.CEILING));
      case "factorial" -> Complex.real(factorial(real(x)));
      case "arg" -> Complex.real(argument(x));
      default -> Complex.real(trigonometric(function, real(x)));
    };
  }

  private BigDecimal trigonometric(String function, BigDecimal x) {
    return switch (function) {
      case "sin" -> reals.sin(x);
      case "cos" -> reals.cos(x);
      case "tan" -> Reals.divide(reals.sin(x), reals.cos(x));
      case "cot" -> Reals.divide(reals.cos(x), reals.sin(x));
      case "sec" -> Reals.divide(BigDecimal.ONE, reals.cos(x));
      case "csc" -> Reals.divide(BigDecimal.ONE, reals.sin(x));
      case "arctan" -> reals.atan(x);
      case "arcsin" -> arcsine(x);
      case "arccos" -> Reals.PI.divide(BigDecimal.valueOf(2)).subtract(arcsine(x), Reals.DIGITS);
      case "sinh", "cosh", "tanh" -> hyperbolic(function, x);
      default -> throw new Refusal.Unreadable("the function " + function + " is not known");
    };
  }

  private BigDecimal arcsine(BigDecimal x) {
    BigDecimal rest = BigDecimal.ONE.subtract(x.multiply(x), Reals.DIGITS);
    if (Reals.isZero(rest)) {
      return Reals.multiply(Reals.PI, x.signum() > 0 ? HALF : HALF.negate());
    }
    if (rest.signum() < 0) {
      throw new Refusal.Undefined("the arcsine beyond 1");
    }
    return reals.atan(Reals.divide(x, reals.sqrt(rest)));
  }

  private BigDecimal hyperbolic(String function, BigDecimal x) {
    BigDecimal up = reals.exp(x);
    BigDecimal down = reals.exp(x.negate());
    BigDecimal sinh = Reals.multiply(up.subtract(down, Reals.DIGITS), HALF);
    BigDecimal cosh = Reals.multiply(Reals.add(up, down), HALF);
    return switch (function) {
      case "sinh" -> sinh;
      case "cosh" -> cosh;
      default -> Reals.divide(sinh, cosh);
    };
  }

  private Complex root(Complex degree, Complex x) {
    BigDecimal n = real(degree);
    boolean odd =
        n.stripTrailingZeros().scale() <= 0
            && n.abs().compareTo(HUNDRED) < 0
            && n.toBigInteger().testBit(0);
    if (odd && x.isReal() && x.re().signum() < 0) {
      return root(degree, x.negate()).negate();
    }
    return power(x, Complex.ONE.over(degree), 0);
  }

  private static BigDecimal real(Complex x) {
    if (!x.isReal()) {
      throw new Refusal.Undefined("a complex number where a real one must be");
    }
    return x.re();
  }

  private static Complex extreme(boolean largest, List<Complex> of) {
    BigDecimal best = real(of.get(0));
    for (Complex each : of) {
      best = largest ? best.max(real(each)) : best.min(real(each));
    }
    return Complex.real(best);
  }

  private static BigDecimal divisor(boolean greatest, BigDecimal a, BigDecimal b) {
    var x = whole(a).toBigInteger();
    var y = whole(b).toBigInteger();
    var gcd = x.gcd(y);
    if (gcd.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return new BigDecimal(greatest ? gcd : x.multiply(y).abs().divide(gcd));
  }

  private static BigDecimal whole(BigDecimal x) {
    if (x.stripTrailingZeros().scale() > 0 || x.precision() - x.scale() > 50) {
      throw new Refusal.Undefined("no whole number where one must be");
    }
    return x;
  }

  private BigDecimal factorial(BigDecimal of) {
    if (whole(of).signum() < 0) {
      throw new Refusal.Undefined("the factorial of a negative number");
    }
    if (of.compareTo(BigDecimal.valueOf(LARGEST_FACTORIAL)) > 0) {
      throw new Refusal.BeyondLimits("a factorial beyond " + LARGEST_FACTORIAL);
    }
    int n = of.intValueExact();
    budget.spend(1 + n);
    BigDecimal product = BigDecimal.ONE;
    for (int i = 2; i <= n; i++) {
      product = Reals.multiply(product, BigDecimal.valueOf(i));
    }
    return product;
  }

  private Complex binomial(Complex n, Complex k) {
    BigDecimal size = whole(real(k));
    if (size.signum() < 0) {
      return Complex.ZERO;
    }
    if (size.compareTo(BigDecimal.valueOf(LARGEST_FACTORIAL)) > 0) {
      throw new Refusal.BeyondLimits("a binomial beyond " + LARGEST_FACTORIAL);
    }
    Complex product = Complex.ONE;
    budget.spend(1 + size.intValueExact());
    for (int i = 0; i < size.intValueExact(); i++) {
      Complex index = Complex.real(BigDecimal.valueOf(i));
      product = product.times(n.minus(index)).over(index.plus(Complex.ONE));
    }
    return product;
  }
}
