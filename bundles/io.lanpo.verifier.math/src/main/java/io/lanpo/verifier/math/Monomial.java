package io.lanpo.verifier.math;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A product of atoms.
 *
 * @param powers each atom's positive exponent
 */
record Monomial(SortedMap<Atom, Integer> powers) {
  static final Monomial ONE = new Monomial(new TreeMap<>());

  private static final int LARGEST = 1_000_000;

  static Monomial of(Atom atom) {
    TreeMap<Atom, Integer> powers = new TreeMap<>();
    powers.put(atom, 1);
    return new Monomial(powers);
  }

  /** The product; exponents may have reached the order of a root afterwards. */
  Monomial times(Monomial other) {
    if (powers.isEmpty()) {
      return other;
    }
    TreeMap<Atom, Integer> product = new TreeMap<>(powers);
    other.powers.forEach((atom, power) -> product.merge(atom, power, Monomial::add));
    return new Monomial(product);
  }

  private static int add(int a, int b) {
    if (a + b > LARGEST) {
      throw new Refusal.BeyondLimits("an exponent beyond " + LARGEST);
    }
    return a + b;
  }

  Monomial without(Atom atom) {
    TreeMap<Atom, Integer> rest = new TreeMap<>(powers);
    rest.remove(atom);
    return new Monomial(rest);
  }

  Monomial with(Atom atom, int power) {
    TreeMap<Atom, Integer> all = new TreeMap<>(powers);
    if (power == 0) {
      all.remove(atom);
    } else {
      all.put(atom, power);
    }
    return new Monomial(all);
  }

  /** The roots whose power can be replaced by what it is. */
  List<Map.Entry<Atom, Integer>> reducible() {
    return powers.entrySet().stream()
        .filter(e -> e.getKey().order() > 0 && e.getValue() >= e.getKey().order())
        .toList();
  }

  @Override
  public String toString() {
    return powers.entrySet().stream()
        .map(e -> e.getKey().key() + (e.getValue() == 1 ? "" : "^" + e.getValue()))
        .collect(Collectors.joining("*"));
  }
}
