package io.lanpo.tasks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The language of reviews: test the permutation of a plan on the worked example; if it fails, try
 * others; then settle the change of one digit.
 *
 * <p>A test compares digit by digit and keeps a running count ({@code m0} to {@code m3}) of those
 * that agree, so that each word, and the verdict too, follows from the few words before it.
 */
final class ReviewGrammar {
  /** The words of this class that {@link Wording} has not. */
  static final List<String> WORDS = Words.split("try ok yes no m0 m1 m2 m3");

  /** Loss weights in the cold start: the words that judge are few and decide everything. */
  static final Map<String, Double> WEIGHTS =
      Map.of(
          "yes", 3.0, "no", 3.0, "ok", 3.0, "wrong", 3.0, "m0", 3.0, "m1", 3.0, "m2", 3.0, "m3",
          3.0);

  /** Chance of one more wrong try between the plan and the right permutation. */
  private static final double DETOUR = 0.4;

  /** Chance of a wrong change before the right one when the plan did not lead to one. */
  private static final double WRONG_CHANGE = 0.15;

  /** Chance that a digit of a drill's second list is copied from the first. */
  private static final double DRILL_SAME = 0.55;

  /** Chance that a drill's change is made to fit. */
  private static final double DRILL_SETTLED = 0.35;

  private ReviewGrammar() {}

  /**
   * The tests of a review, up to the rule that holds.
   *
   * @param plan the rule that the attempt followed
   * @param rule the rule that holds
   * @param example what the tests are made on
   */
  static String tests(Rule plan, Rule rule, Example example, RandomGenerator random) {
    List<String> parts = new ArrayList<>();
    parts.add(test(plan.permutation(), example));
    Rule tried = plan;
    if (plan.permutation() != rule.permutation()) {
      if (random.nextDouble() < DETOUR) {
        parts.add(test(another(plan.permutation(), rule.permutation(), random), example));
      }
      parts.add(test(rule.permutation(), example));
      tried =
          random.nextDouble() < WRONG_CHANGE
              ? new Rule(rule.permutation(), Rule.any(random).change())
              : rule;
    }
    Digits permuted = rule.permutation().apply(example.input());
    parts.add("then " + check(tried.change(), permuted, example.output()));
    if (!settles(tried.change(), permuted, example.output())) {
      parts.add("then " + check(rule.change(), permuted, example.output()));
    }
    return String.join(" ", parts);
  }

  /**
   * A drill of the cold start: comparing two lists of digits and changing one digit, twice. The
   * second list is the first with noise, so that every count occurs.
   */
  static String drill(RandomGenerator random) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Digits got = Digits.any(random);
      Change change = Rule.any(random).change();
      Digits wanted = noisy(got, random);
      if (random.nextDouble() < DRILL_SETTLED) {
        int place = change.place().ordinal();
        wanted = wanted.with(place, change.apply(got.at(place)));
      }
      parts.add(compare(got, wanted) + " then " + check(change, got, wanted));
    }
    return String.join(" ", parts);
  }

  private static Digits noisy(Digits digits, RandomGenerator random) {
    Digits noisy = digits;
    for (int place = 0; place < Digits.SIZE; place++) {
      if (random.nextDouble() >= DRILL_SAME) {
        noisy = noisy.with(place, random.nextInt(10));
      }
    }
    return noisy;
  }

  /** {@code try keep of 4 7 6 gives 4 7 6 is 6 4 8 : 4 6 m0 7 4 m0 6 8 m0 wrong} */
  private static String test(Permutation permutation, Example example) {
    return "try %s of %s %s"
        .formatted(
            permutation.word(),
            example.input().text(),
            compare(permutation.apply(example.input()), example.output()));
  }

  /** {@code gives 4 7 6 is 6 4 8 : 4 6 m0 7 4 m0 6 8 m0 wrong} */
  static String compare(Digits got, Digits wanted) {
    StringBuilder text = new StringBuilder("gives " + got.text() + " is " + wanted.text() + " :");
    int same = 0;
    for (int place = 0; place < Digits.SIZE; place++) {
      same += got.at(place) == wanted.at(place) ? 1 : 0;
      text.append(" ")
          .append(got.at(place))
          .append(" ")
          .append(wanted.at(place))
          .append(" m")
          .append(same);
    }
    return text.append(same >= Example.ENOUGH ? " ok" : " wrong").toString();
  }

  /** {@code last add one of 7 gives 8 8 yes} */
  static String check(Change change, Digits permuted, Digits wanted) {
    int digit = permuted.at(change.place().ordinal());
    return "%s %s %s of %d gives %d %d %s"
        .formatted(
            change.place().word(),
            change.direction().word(),
            change.amount().word(),
            digit,
            change.apply(digit),
            wanted.at(change.place().ordinal()),
            settles(change, permuted, wanted) ? "yes" : "no");
  }

  private static boolean settles(Change change, Digits permuted, Digits wanted) {
    return change.apply(permuted.at(change.place().ordinal()))
        == wanted.at(change.place().ordinal());
  }

  private static Permutation another(Permutation one, Permutation two, RandomGenerator random) {
    while (true) {
      Permutation other = Permutation.values()[random.nextInt(Permutation.values().length)];
      if (other != one && other != two) {
        return other;
      }
    }
  }
}
