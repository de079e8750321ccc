package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Num;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads numbers. */
final class Numbers {
  private Numbers() {}

  /** A number, with repeating decimals under a bar behind it. */
  static Expr repeating(String digits, TokenStream in) {
    if (!digits.contains(".") || !in.peek().isCommand("overline")) {
      return number(digits);
    }
    in.take();
    String period = in.index();
    if (!period.matches("\\d{1,50}")) {
      throw in.unreadable("a bar over something that is no number");
    }
    String plain = digits.endsWith(".") ? digits + "0" : digits;
    int decimals = digits.length() - digits.indexOf('.') - 1;
    Rational head = Rational.of(new BigDecimal(plain));
    BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
    Rational tail =
        new Rational(new BigInteger(period), nines.multiply(BigInteger.TEN.pow(decimals)));
    return new Num(head.plus(tail), -1);
  }

  /** A number as it is written, with a point or a power of ten. */
  static Expr number(String digits) {
    if (digits.startsWith(".") && digits.length() < 2 || digits.endsWith("e")) {
      throw new Refusal.Unreadable("'" + digits + "' is no number");
    }
    int e = Math.max(digits.indexOf('e'), digits.indexOf('E'));
    if (e >= 0 && digits.length() - e > 6) {
      throw new Refusal.BeyondLimits("the power of ten is too large");
    }
    int point = digits.indexOf('.');
    int decimals = point < 0 || e >= 0 ? -1 : digits.length() - point - 1;
    return new Num(Rational.of(new BigDecimal(digits)), decimals);
  }
}
