package io.lanpo.verifier.math.number;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Elementary functions of real numbers with 50 digits. */
public final class Reals {
  /** Digits of results. */
  public static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

  public static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");
  public static final BigDecimal E =
      new BigDecimal(
          "2.71828182845904523536028747135266249775724709369995957496696762772407663035");

  private static final MathContext MORE = new MathContext(60, RoundingMode.HALF_EVEN);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal SMALLEST = new BigDecimal("1e-62");
  private static final BigDecimal LN2 =
      new BigDecimal(
          "0.693147180559945309417232121458176568075500134360255254120680009493393621969");
  private static final double LARGEST_EXPONENT = 50_000;
  private static final double LARGEST_ANGLE = 1e9;

  private final Budget budget;

  public Reals(Budget budget) {
    this.budget = budget;
  }

  public static BigDecimal add(BigDecimal a, BigDecimal b) {
    return a.add(b, DIGITS);
  }

  public static BigDecimal multiply(BigDecimal a, BigDecimal b) {
    return a.multiply(b, DIGITS);
  }

  public static BigDecimal divide(BigDecimal a, BigDecimal b) {
    if (isZero(b)) {
      throw new Refusal.Undefined("divides by zero");
    }
    return a.divide(b, DIGITS);
  }

  /** Zero, or what is left of it after rounding. */
  public static boolean isZero(BigDecimal a) {
    return a.signum() == 0 || a.precision() - a.scale() < -44;
  }

  public BigDecimal exp(BigDecimal x) {
    if (Math.abs(x.doubleValue()) > LARGEST_EXPONENT) {
      throw new Refusal.BeyondLimits("an exponential beyond e^" + (int) LARGEST_EXPONENT);
    }
    budget.spend(40);
    // e^x = 2^k · (e^(r/256))^256 with |r| at most ln 2 / 2
    int k = (int) Math.rint(x.doubleValue() / Math.log(2));
    BigDecimal r = x.subtract(LN2.multiply(BigDecimal.valueOf(k)), MORE);
    BigDecimal small = r.divide(BigDecimal.valueOf(256), MORE);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 60 && term.abs().compareTo(SMALLEST) > 0; n++) {
      term = term.multiply(small, MORE).divide(BigDecimal.valueOf(n), MORE);
      sum = sum.add(term, MORE);
    }
    for (int i = 0; i < 8; i++) {
      sum = sum.multiply(sum, MORE);
    }
    return multiply(sum, TWO.pow(k, MORE));
  }

  /** The logarithm of a positive number: Newton's method on the exponential. */
  public BigDecimal ln(BigDecimal x) {
    // the size of x is taken out first, as a double reaches only to 1e308
    int tens = x.precision() - x.scale();
    BigDecimal m = x.movePointLeft(tens);
    BigDecimal y = BigDecimal.valueOf(Math.log(m.doubleValue()));
    for (int i = 0; i < 2; i++) {
      // y + 2(m - e^y)/(m + e^y): the error is cubed each time
      BigDecimal e = exp(y);
      y = y.add(TWO.multiply(m.subtract(e, MORE)).divide(m.add(e, MORE), MORE), MORE);
    }
    return tens == 0 ? y.round(DIGITS) : y.add(ln10().multiply(BigDecimal.valueOf(tens)), DIGITS);
  }

  private static BigDecimal ln10() {
    return new BigDecimal(
        "2.30258509299404568401799145468436420760110148862877297603332790096757260967735");
  }

  public BigDecimal sqrt(BigDecimal x) {
    budget.spend(20);
    return x.sqrt(DIGITS);
  }

  /** Sine of an angle in radians. */
  public BigDecimal sin(BigDecimal x) {
    if (Math.abs(x.doubleValue()) > LARGEST_ANGLE) {
      throw new Refusal.BeyondLimits("an angle beyond 1e9");
    }
    budget.spend(40);
    BigInteger turns =
        x.divide(PI, MathContext.DECIMAL128).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    BigDecimal r = x.subtract(PI.multiply(new BigDecimal(turns)), MORE);
    // sin 3a = 3 sin a - 4 sin³ a, five times, makes the series short
    BigDecimal a = r.divide(BigDecimal.valueOf(243), MORE);
    BigDecimal square = a.multiply(a, MORE).negate();
    BigDecimal sum = a;
    BigDecimal term = a;
    for (int n = 2; n < 60 && term.abs().compareTo(SMALLEST) > 0; n += 2) {
      term = term.multiply(square, MORE).divide(BigDecimal.valueOf((long) n * (n + 1)), MORE);
      sum = sum.add(term, MORE);
    }
    for (int i = 0; i < 5; i++) {
      BigDecimal cube = sum.multiply(sum, MORE).multiply(sum, MORE);
      sum =
          sum.multiply(BigDecimal.valueOf(3)).subtract(cube.multiply(BigDecimal.valueOf(4)), MORE);
    }
    return (turns.testBit(0) ? sum.negate() : sum).round(DIGITS);
  }

  public BigDecimal cos(BigDecimal x) {
    return sin(x.add(PI.divide(TWO, MORE), MORE));
  }

  /** The angle between -π/2 and π/2 whose tangent is given. */
  public BigDecimal atan(BigDecimal x) {
    BigDecimal y = BigDecimal.valueOf(Math.atan(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      // one step of Newton's method of third order: y + sin d with tan d = (x - tan y)/(1 + x tan
      // y)
      BigDecimal t = divide(sin(y), cos(y));
      BigDecimal d = x.subtract(t, MORE).divide(BigDecimal.ONE.add(x.multiply(t), MORE), MORE);
      BigDecimal cube = d.multiply(d, MORE).multiply(d, MORE);
      y = y.add(d, MORE).subtract(cube.divide(BigDecimal.valueOf(3), MORE), MORE);
    }
    return y.round(DIGITS);
  }
}
