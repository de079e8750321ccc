package io.lanpo.tasks.digits;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A rule at work, shown in every problem, so that a review can test a plan without any reward or
 * answer.
 *
 * @param input three different digits
 * @param output what the rule makes of them
 */
public record Example(Digits input, Digits output) {
  /**
   * A rule changes one digit after permuting, so two of three digits agree with the right
   * permutation.
   */
  public static final int ENOUGH = 2;

  /**
   * A random example in which the overwritten digit shows and which only one permutation fits, so
   * that a review can settle what the rule is.
   *
   * @param allowed which inputs may be shown
   */
  public static Example of(Rule rule, RandomGenerator random, Predicate<Digits> allowed) {
    while (true) {
      Digits input = Digits.distinct(random);
      Example example = new Example(input, rule.apply(input));
      if (allowed.test(input)
          && !example.output.equals(rule.permutation().apply(input))
          && Arrays.stream(Permutation.values()).filter(example::fits).count() == 1) {
        return example;
      }
    }
  }

  public static Example of(Rule rule, RandomGenerator random) {
    return of(rule, random, input -> true);
  }

  /** Whether a permutation explains the example but for one digit. */
  public boolean fits(Permutation permutation) {
    return permutation.apply(input).matches(output) >= ENOUGH;
  }

  /** What was overwritten if this was the permutation: the first place that differs. */
  Overwrite overwriteAfter(Permutation permutation) {
    Digits permuted = permutation.apply(input);
    for (Overwrite.Place place : Overwrite.Place.values()) {
      int digit = output.at(place.ordinal());
      if (permuted.at(place.ordinal()) != digit) {
        return new Overwrite(place, digit);
      }
    }
    throw new IllegalArgumentException(
        "%s of %s is %s, so nothing was overwritten"
            .formatted(permutation.word(), input.text(), output.text()));
  }
}
