package io.lanpo.libs.question;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** English words for numbers, and numerals, as numbers. */
final class NumberWords {
  private static final Map<String, BigDecimal> SMALL =
      Map.ofEntries(
          entry("zero", 0),
          entry("one", 1),
          entry("two", 2),
          entry("three", 3),
          entry("four", 4),
          entry("five", 5),
          entry("six", 6),
          entry("seven", 7),
          entry("eight", 8),
          entry("nine", 9),
          entry("ten", 10),
          entry("eleven", 11),
          entry("twelve", 12),
          entry("thirteen", 13),
          entry("fourteen", 14),
          entry("fifteen", 15),
          entry("sixteen", 16),
          entry("seventeen", 17),
          entry("eighteen", 18),
          entry("nineteen", 19));

  private static final Map<String, BigDecimal> TENS =
      Map.ofEntries(
          entry("twenty", 20),
          entry("thirty", 30),
          entry("forty", 40),
          entry("fifty", 50),
          entry("sixty", 60),
          entry("seventy", 70),
          entry("eighty", 80),
          entry("ninety", 90));

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          entry("dozen", 12),
          entry("hundred", 100),
          entry("thousand", 1000),
          entry("million", 1_000_000));

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          entry("twice", 2),
          entry("double", 2),
          entry("doubles", 2),
          entry("doubled", 2),
          entry("thrice", 3),
          entry("triple", 3),
          entry("triples", 3),
          entry("tripled", 3),
          Map.entry("half", new BigDecimal("0.5")));

  /** What stands below the line of a fraction in words: {@code two fifths}. */
  private static final Map<String, BigDecimal> PARTS =
      Map.ofEntries(
          entry("quarters", 4),
          entry("fifths", 5),
          entry("sixths", 6),
          entry("sevenths", 7),
          entry("eighths", 8),
          entry("ninths", 9),
          entry("tenths", 10));

  private NumberWords() {}

  private static Map.Entry<String, BigDecimal> entry(String word, long value) {
    return Map.entry(word, BigDecimal.valueOf(value));
  }

  /** A word below twenty: {@code seven}. */
  static @Nullable BigDecimal small(String word) {
    return SMALL.get(word);
  }

  /** A word for tens: {@code seventy}. */
  static @Nullable BigDecimal tens(String word) {
    return TENS.get(word);
  }

  /** A number that is said without counting: {@code twice}, or the {@code fifths} of two fifths. */
  static @Nullable BigDecimal implied(String word) {
    return FACTORS.getOrDefault(word, PARTS.get(word));
  }

  /** A word that multiplies what stands before it: {@code hundred}, {@code dozen}. */
  static @Nullable BigDecimal unit(String word) {
    return UNITS.get(word);
  }

  /** The value of a numeral such as {@code 1,200}, {@code 3.50} or {@code 1/2}; null for a word. */
  static @Nullable BigDecimal numeral(String token) {
    if (!Character.isDigit(token.charAt(0))) {
      return null;
    }
    int slash = token.indexOf('/');
    if (slash < 0) {
      return new BigDecimal(token.replace(",", ""));
    }
    BigDecimal below = new BigDecimal(token.substring(slash + 1));
    BigDecimal above = new BigDecimal(token.substring(0, slash));
    return below.signum() == 0 ? above : above.divide(below, MathContext.DECIMAL32);
  }
}
