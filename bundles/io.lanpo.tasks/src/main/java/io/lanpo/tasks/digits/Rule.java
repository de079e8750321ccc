package io.lanpo.tasks.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an operator means: a permutation, then one place overwritten with a digit.
 *
 * @param permutation the first step
 * @param overwrite the second step
 */
public record Rule(Permutation permutation, Overwrite overwrite) {
  /** All 180 rules, always in the same order. */
  public static final List<Rule> ALL = all();

  private static List<Rule> all() {
    List<Rule> all = new ArrayList<>();
    for (Permutation permutation : Permutation.values()) {
      for (Overwrite.Place place : Overwrite.Place.values()) {
        for (int digit = 0; digit < 10; digit++) {
          all.add(new Rule(permutation, new Overwrite(place, digit)));
        }
      }
    }
    return List.copyOf(all);
  }

  public static Rule any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** The rule that its {@link #text()} states. */
  public static Optional<Rule> of(String text) {
    return ALL.stream().filter(rule -> rule.text().equals(text)).findFirst();
  }

  public Digits apply(Digits digits) {
    return overwrite.apply(permutation.apply(digits));
  }

  /** {@code right then last 8}. */
  public String text() {
    return permutation.word() + " then " + overwrite.text();
  }
}
