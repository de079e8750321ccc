package io.lanpo.verifier.math.number;

import static io.lanpo.verifier.math.number.Reals.add;
import static io.lanpo.verifier.math.number.Reals.divide;
import static io.lanpo.verifier.math.number.Reals.isZero;
import static io.lanpo.verifier.math.number.Reals.multiply;

import java.math.BigDecimal;

/**
 * A complex number with 50 digits.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(BigDecimal re, BigDecimal im) {
  public static final Complex ZERO = real(BigDecimal.ZERO);
  public static final Complex ONE = real(BigDecimal.ONE);
  public static final Complex I = new Complex(BigDecimal.ZERO, BigDecimal.ONE);

  public static Complex real(BigDecimal re) {
    return new Complex(re, BigDecimal.ZERO);
  }

  public boolean isReal() {
    return isZero(im);
  }

  public Complex plus(Complex o) {
    return new Complex(add(re, o.re), add(im, o.im));
  }

  public Complex minus(Complex o) {
    return plus(o.negate());
  }

  public Complex negate() {
    return new Complex(re.negate(), im.negate());
  }

  public Complex times(Complex o) {
    if (im.signum() == 0 && o.im.signum() == 0) {
      return real(multiply(re, o.re));
    }
    return new Complex(
        multiply(re, o.re).subtract(multiply(im, o.im), Reals.DIGITS),
        add(multiply(re, o.im), multiply(im, o.re)));
  }

  public Complex over(Complex o) {
    if (o.im.signum() == 0) {
      return new Complex(divide(re, o.re), divide(im, o.re));
    }
    BigDecimal square = add(multiply(o.re, o.re), multiply(o.im, o.im));
    Complex product = times(new Complex(o.re, o.im.negate()));
    return new Complex(divide(product.re, square), divide(product.im, square));
  }

  /** The larger of the sizes of both parts. */
  public BigDecimal size() {
    return re.abs().max(im.abs());
  }
}
