package io.lanpo.tasks.micro;

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
record Example(Digits input, Digits output) {
  /**
   * A rule changes one digit after permuting, so two of three digits agree with the right
   * permutation.
   */
  static final int ENOUGH = 2;

  /**
   * A random example in which the overwritten digit shows and which only one permutation fits, so
   * that a review can settle what the rule is.
   *
   * @param allowed which inputs may be shown
   */
  static Example of(Rule rule, RandomGenerator random, Predicate<Digits> allowed) {
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

  static Example of(Rule rule, RandomGenerator random) {
    return of(rule, random, input -> true);
  }

  /** Whether a permutation explains the example but for one digit. */
  boolean fits(Permutation permutation) {
    return permutation.apply(input).matches(output) >= ENOUGH;
  }
}
