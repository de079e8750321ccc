package io.lanpo.tasks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an operator means: a permutation, then a change of one digit.
 *
 * @param permutation the first step
 * @param change the second step
 */
record Rule(Permutation permutation, Change change) {
  /** All 72 rules, always in the same order. */
  static final List<Rule> ALL = all();

  private static List<Rule> all() {
    List<Rule> all = new ArrayList<>();
    for (Permutation permutation : Permutation.values()) {
      for (Change change : Change.all()) {
        all.add(new Rule(permutation, change));
      }
    }
    return List.copyOf(all);
  }

  static Rule any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** A random rule other than the one given. */
  static Rule anyBut(Rule rule, RandomGenerator random) {
    while (true) {
      Rule other = any(random);
      if (!other.equals(rule)) {
        return other;
      }
    }
  }

  /** The rule that its {@link #text()} states. */
  static Optional<Rule> of(String text) {
    return ALL.stream().filter(rule -> rule.text().equals(text)).findFirst();
  }

  Digits apply(Digits digits) {
    return change.apply(permutation.apply(digits));
  }

  /** {@code right then add one last}. */
  String text() {
    return permutation.word() + " then " + change.text();
  }
}
