package io.lanpo.verifier.math.compare;

import io.lanpo.libs.answer.AnswerFinder;
import java.util.List;
import java.util.stream.Stream;

/**
 * What graders disagree about, chosen openly.
 *
 * @param percent what a percent sign means beside a bare number
 * @param units whether a unit that only one side names may be missing on the other; different units
 *     are different in any case
 * @param names whether {@code x = 5} is {@code 5}
 * @param rounding how many significant digits a decimal needs to stand for what it rounds; 0 when
 *     {@code 0.3333} never stands for 1/3. Halves are rounded away from zero
 * @param unordered whether the order of a list without brackets does not count
 * @param sets whether {@code {1, 2}} is {@code 1, 2}
 * @param anyCase whether upper and lower case of words are the same
 * @param notations whether an inequality is the interval it describes, a ratio is its quotient and
 *     can be scaled, a column of numbers is a tuple
 * @param bases whether the index that names the number system may be missing
 * @param prose whether the one number among words is the answer
 * @param ways where the answer stands, the first that finds one counts
 */
public record Conventions(
    Percent percent,
    boolean units,
    boolean names,
    int rounding,
    boolean unordered,
    boolean sets,
    boolean anyCase,
    boolean notations,
    boolean bases,
    boolean prose,
    List<String> ways) {

  /** What a percent sign means beside a bare number. */
  enum Percent {
    /** {@code 10%} is neither 10 nor 0.1. */
    LITERAL,
    /** {@code 10%} is 10. */
    IGNORED,
    /** {@code 10%} is 0.1. */
    HUNDREDTH,
    /** {@code 10%} is 10 or 0.1. */
    EITHER
  }

  private static final List<String> ANNOUNCED = ways(AnswerFinder.BOXED, "####");

  /** For a policy that has just begun: what a patient teacher would accept. */
  public static Conventions lenient() {
    return new Conventions(
        Percent.EITHER, true, true, 4, true, true, true, true, true, true, anywhere(ANNOUNCED));
  }

  /** The answer as asked: notation may differ, meaning and form may not. */
  public static Conventions strict() {
    return new Conventions(
        Percent.LITERAL, false, false, 0, false, false, false, false, false, false, ANNOUNCED);
  }

  /** Word problems whose answers are plain numbers. */
  public static Conventions gsm8k() {
    return new Conventions(
        Percent.IGNORED,
        true,
        true,
        0,
        true,
        true,
        true,
        true,
        true,
        true,
        anywhere(ways("####", AnswerFinder.BOXED)));
  }

  /** The MATH data set: exact values, units and percent signs optional. */
  public static Conventions math() {
    return new Conventions(
        Percent.IGNORED, true, true, 0, true, true, true, true, true, false, anywhere(ANNOUNCED));
  }

  private static List<String> ways(String first, String second) {
    return Stream.concat(Stream.of(first, second), AnswerFinder.WORDS.stream()).toList();
  }

  private static List<String> anywhere(List<String> ways) {
    return Stream.concat(
            ways.stream(), Stream.of(AnswerFinder.LAST_FORMULA, AnswerFinder.LAST_NUMBER))
        .toList();
  }

  public Conventions withWays(List<String> other) {
    return new Conventions(
        percent, units, names, rounding, unordered, sets, anyCase, notations, bases, prose, other);
  }
}
