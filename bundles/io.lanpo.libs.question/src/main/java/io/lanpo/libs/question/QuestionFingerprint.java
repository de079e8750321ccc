package io.lanpo.libs.question;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a question when it is said in other words: its numbers and the beginnings of its
 * words.
 *
 * @param tokens words and numerals in lower case, in order
 * @param numbers the numbers, ascending, as often as they occur, number words included; 1 does not
 *     count, since "one" and "a" stand for it where no number is meant
 * @param stems beginnings of the words that are no numbers
 */
record QuestionFingerprint(List<String> tokens, List<BigDecimal> numbers, Set<String> stems) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}]*|\\p{Nd}+/\\p{Nd}+|\\p{Nd}+(?:,\\p{Nd}{3})+(?:\\.\\p{Nd}+)?"
              + "|\\p{Nd}+(?:\\.\\p{Nd}+)?");

  /**
   * Letters that two forms of a word have in common: "pay", "paid" differ, "apple", "apples" not.
   */
  private static final int STEM = 4;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  QuestionFingerprint {
    tokens = List.copyOf(tokens);
    numbers = List.copyOf(numbers);
    stems = Set.copyOf(stems);
  }

  static QuestionFingerprint of(String text) {
    List<String> tokens =
        TOKEN.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    List<BigDecimal> numbers = new ArrayList<>();
    Set<String> stems = new HashSet<>();
    for (int i = 0; i < tokens.size(); ) {
      Reading reading = new Reading(tokens, i);
      BigDecimal value = reading.number();
      if (value == null) {
        stems.add(stem(tokens.get(i)));
        i++;
      } else {
        if (value.compareTo(BigDecimal.ONE) != 0) {
          numbers.add(plain(value));
        }
        i = reading.at;
      }
    }
    Collections.sort(numbers);
    return new QuestionFingerprint(tokens, numbers, stems);
  }

  /** The numbers without repetition. */
  Set<BigDecimal> distinct() {
    return new TreeSet<>(numbers);
  }

  /**
   * The numbers without repetition and without 2, which stands in "the two of them" as well: what
   * near-duplicates have in common at the least.
   */
  Set<BigDecimal> distinctButTwo() {
    Set<BigDecimal> numbers = distinct();
    numbers.remove(TWO);
    return numbers;
  }

  /** Share of the shorter text's words that the other one has too: 0 to 1. */
  double overlap(QuestionFingerprint other) {
    int fewest = Math.min(stems.size(), other.stems.size());
    if (fewest == 0) {
      return stems.size() == other.stems.size() ? 1 : 0;
    }
    return (double) stems.stream().filter(other.stems::contains).count() / fewest;
  }

  /** Equal for equal values: 2.50 and 2.5, 2E+1 and 20. */
  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static String stem(String word) {
    return word.length() <= STEM ? word : word.substring(0, STEM);
  }

  /** Reads one number, which may be several words: {@code two hundred and fifty}. */
  private static final class Reading {
    private final List<String> tokens;
    private int at;

    Reading(List<String> tokens, int at) {
      this.tokens = tokens;
      this.at = at;
    }

    /** The number that begins here, or null. */
    @Nullable BigDecimal number() {
      BigDecimal implied = NumberWords.implied(tokens.get(at));
      if (implied != null) {
        at++;
        return implied;
      }
      BigDecimal sum = scaled();
      // "hundred and five", "thousand two hundred", but not "six and five"
      while (sum != null && at > 0 && afterUnit()) {
        int before = at;
        at += at < tokens.size() && tokens.get(at).equals("and") ? 1 : 0;
        BigDecimal next = at < tokens.size() ? scaled() : null;
        if (next == null || next.compareTo(sum) >= 0) {
          at = before;
          break;
        }
        sum = sum.add(next);
      }
      return sum;
    }

    private boolean afterUnit() {
      String last = tokens.get(at - 1);
      return NumberWords.unit(last) != null && !last.equals("dozen");
    }

    private @Nullable BigDecimal scaled() {
      BigDecimal value = plain();
      if (value == null && NumberWords.unit(tokens.get(at)) != null) {
        value = BigDecimal.ONE; // "a dozen"
      }
      while (value != null && at < tokens.size()) {
        BigDecimal unit = NumberWords.unit(tokens.get(at));
        if (unit == null) {
          break;
        }
        value = value.multiply(unit);
        at++;
      }
      return value;
    }

    private @Nullable BigDecimal plain() {
      BigDecimal value = NumberWords.numeral(tokens.get(at));
      if (value == null) {
        value = NumberWords.small(tokens.get(at));
      }
      if (value != null) {
        at++;
        return value;
      }
      BigDecimal tens = NumberWords.tens(tokens.get(at));
      if (tens == null) {
        return null;
      }
      at++;
      BigDecimal ones = at < tokens.size() ? NumberWords.small(tokens.get(at)) : null;
      if (ones == null || ones.signum() == 0 || ones.compareTo(BigDecimal.TEN) >= 0) {
        return tens;
      }
      at++;
      return tens.add(ones);
    }
  }
}
