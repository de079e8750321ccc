package io.lanpo.tasks.repair;

import io.lanpo.tasks.digits.Overwrite;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an operator means.
 *
 * @param rule shows in the example of a problem
 * @param mark does not
 */
record Meaning(Rule rule, Mark mark) {
  /** The digits that operators overwrite with: few, so that plain solutions are right at times. */
  private static final List<Integer> DIGITS = List.of(1, 5, 9);

  /** All 432 meanings, always in the same order. */
  static final List<Meaning> ALL = all();

  private static List<Meaning> all() {
    List<Meaning> all = new ArrayList<>();
    for (Permutation permutation : Permutation.values()) {
      for (Overwrite.Place place : Overwrite.Place.values()) {
        for (int digit : DIGITS) {
          for (Mark mark : Mark.values()) {
            all.add(new Meaning(new Rule(permutation, new Overwrite(place, digit)), mark));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  static Meaning any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** The meaning that its {@link #text()} states; its rule may overwrite with any digit. */
  static Optional<Meaning> of(String text) {
    String[] parts = text.split(" and ", -1);
    if (parts.length != 2 || !Mark.words().contains(parts[1])) {
      return Optional.empty();
    }
    Mark mark = Mark.values()[Mark.words().indexOf(parts[1])];
    return Rule.of(parts[0]).map(rule -> new Meaning(rule, mark));
  }

  /** {@code right then last 9 and red}. */
  String text() {
    return rule.text() + " and " + mark.word();
  }
}
