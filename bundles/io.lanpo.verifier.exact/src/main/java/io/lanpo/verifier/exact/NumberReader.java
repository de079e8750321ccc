package io.lanpo.verifier.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Reads numbers exactly: integers, decimals, thousands separators ({@code 1,000}, {@code 1 000} and
 * TeX's {@code 1{,}000}), powers of ten ({@code 1.5e3}), fractions ({@code 3/4}, <code>\frac{3}{4}
 * </code>). Sizes are bounded before anything is computed, so that {@code 1e999999999} costs
 * nothing: what is larger is not read as a number.
 */
final class NumberReader {
  /** Longest number in characters, and largest power of ten. */
  private static final int LARGEST = 400;

  private static final String DIGITS = "\\d{1,3}(?:,\\d{3})++|\\d++";
  private static final String DECIMAL =
      "[+-]?(?:(?:" + DIGITS + ")(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?";

  /** A decimal number or a fraction of two; usable inside larger patterns. */
  static final String NUMBER = "(?:" + DECIMAL + ")(?:\\s*/\\s*(?:" + DECIMAL + "))?";

  /** A space between groups of three digits, and of nothing else. */
  private static final Pattern GROUPS =
      Pattern.compile("(?<=^[+-]?\\d{1,3}|[ ,]\\d{3})(?: |\\\\[,;: ])(?=\\d{3}(?:\\D|$))");

  private static final Pattern PLAIN =
      Pattern.compile("(" + DECIMAL + ")(?:\\s*/\\s*(" + DECIMAL + "))?");
  private static final Pattern TEX_FRACTION =
      Pattern.compile(
          "([+-]?)\\s*\\\\[dt]?frac\\s*(?:\\{\\s*("
              + DECIMAL
              + ")\\s*}|(\\d))\\s*(?:\\{\\s*("
              + DECIMAL
              + ")\\s*}|(\\d))");

  private NumberReader() {}

  /**
   * The number that a text is, all of it; empty when it is none, is too large or divides by zero.
   */
  static Optional<BigFraction> read(String text) {
    if (text.length() > LARGEST) {
      return Optional.empty();
    }
    String plain =
        GROUPS
            .matcher(text.strip().replace('\u2212', '-').replace("{,}", ",").replace("\\!", ""))
            .replaceAll("");
    Matcher matcher = PLAIN.matcher(plain);
    if (matcher.matches()) {
      return matcher.group(2) == null
          ? decimal(matcher.group(1))
          : ratio(matcher.group(1), matcher.group(2));
    }
    Matcher tex = TEX_FRACTION.matcher(plain);
    if (!tex.matches()) {
      return Optional.empty();
    }
    Optional<BigFraction> size =
        ratio(
            tex.group(2) == null ? tex.group(3) : tex.group(2),
            tex.group(4) == null ? tex.group(5) : tex.group(4));
    return tex.group(1).equals("-") ? size.map(BigFraction::negate) : size;
  }

  private static Optional<BigFraction> ratio(String above, String below) {
    Optional<BigFraction> divisor = decimal(below).filter(d -> d.getNumerator().signum() != 0);
    return divisor.flatMap(d -> decimal(above).map(n -> n.divide(d)));
  }

  private static Optional<BigFraction> decimal(String text) {
    String digits = text.replace(",", "");
    int e = Math.max(digits.indexOf('e'), digits.indexOf('E'));
    if (e >= 0 && !isSmallPower(digits.substring(e + 1))) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(digits);
    BigInteger unscaled = value.unscaledValue();
    return Optional.of(
        value.scale() > 0
            ? new BigFraction(unscaled, BigInteger.TEN.pow(value.scale()))
            : new BigFraction(
                unscaled.multiply(BigInteger.TEN.pow(-value.scale())), BigInteger.ONE));
  }

  private static boolean isSmallPower(String power) {
    return power.length() <= 5 && Math.abs(Integer.parseInt(power)) <= LARGEST;
  }
}
