package io.lanpo.verifier.math.value;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial with rational coefficients over atoms. Powers of roots are replaced by what they
 * are, so {@code √2·√2} is 2. Immutable.
 */
public final class Poly {
  static final Poly ZERO = new Poly(Map.of());
  static final Poly ONE = of(Rational.ONE);

  private final Map<Monomial, Rational> terms;

  private Poly(Map<Monomial, Rational> terms) {
    this.terms = terms;
  }

  static Poly of(Rational number) {
    return number.signum() == 0 ? new Poly(Map.of()) : new Poly(Map.of(Monomial.ONE, number));
  }

  static Poly of(Atom atom) {
    return new Poly(Map.of(Monomial.of(atom), Rational.ONE));
  }

  /** The coefficient of the term without atoms. */
  Rational constantTerm() {
    return terms.getOrDefault(Monomial.ONE, Rational.ZERO);
  }

  /** Whether one is the other times a number that is not 0, and both are not 0. */
  public boolean isMultipleOf(Poly other) {
    if (isZero() || terms.size() != other.terms.size()) {
      return false;
    }
    Map.Entry<Monomial, Rational> any = terms.entrySet().iterator().next();
    Rational factor = other.terms.get(any.getKey());
    return factor != null && equals(other.times(any.getValue().times(factor.inverse())));
  }

  public boolean isZero() {
    return terms.isEmpty();
  }

  /** The number that this is; empty when atoms occur. */
  Optional<Rational> number() {
    if (terms.isEmpty()) {
      return Optional.of(Rational.ZERO);
    }
    return terms.size() == 1 ? Optional.ofNullable(terms.get(Monomial.ONE)) : Optional.empty();
  }

  Poly negate() {
    Map<Monomial, Rational> negated = new HashMap<>();
    terms.forEach((monomial, factor) -> negated.put(monomial, factor.negate()));
    return new Poly(negated);
  }

  Poly plus(Poly other, Budget budget) {
    Map<Monomial, Rational> sum = new HashMap<>(terms);
    budget.spend(1 + terms.size() + other.terms.size());
    other.terms.forEach((monomial, factor) -> add(sum, monomial, factor));
    return checked(sum);
  }

  public Poly times(Rational number) {
    if (number.signum() == 0) {
      return ZERO;
    }
    Map<Monomial, Rational> scaled = new HashMap<>();
    terms.forEach((monomial, factor) -> scaled.put(monomial, factor.times(number)));
    return new Poly(scaled);
  }

  public Poly times(Poly other, Budget budget) {
    Rational number = other.number().orElse(null);
    if (number != null) {
      budget.spend(1 + terms.size());
      return times(number);
    }
    budget.spend(1 + terms.size() * other.terms.size());
    Map<Monomial, Rational> product = new HashMap<>();
    for (Map.Entry<Monomial, Rational> a : terms.entrySet()) {
      for (Map.Entry<Monomial, Rational> b : other.terms.entrySet()) {
        add(product, a.getKey().times(b.getKey()), a.getValue().times(b.getValue()));
      }
      checked(product);
    }
    return reduced(product, budget);
  }

  /** A whole power of at least 0. */
  Poly power(int exponent, Budget budget) {
    Rational number = number().orElse(null);
    if (number != null) {
      return of(number.power(exponent));
    }
    if (terms.size() > 1 && exponent > Budget.TERMS) {
      throw new Refusal.BeyondLimits("a power of a sum beyond " + Budget.TERMS);
    }
    Poly result = ONE;
    Poly square = this;
    for (int left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result.times(square, budget);
      }
      if (left > 1) {
        square = square.times(square, budget);
      }
    }
    return result;
  }

  /** Replaces the powers of roots by their values until none is left. */
  private static Poly reduced(Map<Monomial, Rational> terms, Budget budget) {
    Map<Monomial, Rational> plain = new HashMap<>();
    Poly rest = ZERO;
    for (Map.Entry<Monomial, Rational> term : terms.entrySet()) {
      var reducible = term.getKey().reducible();
      if (reducible.isEmpty()) {
        add(plain, term.getKey(), term.getValue());
        continue;
      }
      Monomial left = term.getKey();
      Poly value = ONE;
      for (Map.Entry<Atom, Integer> root : reducible) {
        Atom atom = root.getKey();
        Poly base = atom.value();
        if (base == null) {
          throw new IllegalStateException(atom.key());
        }
        left = left.with(atom, root.getValue() % atom.order());
        value = value.times(base.power(root.getValue() / atom.order(), budget), budget);
      }
      Poly remaining = new Poly(Map.of(left, term.getValue()));
      rest = rest.plus(remaining.times(value, budget), budget);
    }
    return new Poly(plain).plus(rest, budget);
  }

  private static void add(Map<Monomial, Rational> sum, Monomial monomial, Rational factor) {
    Rational old = sum.get(monomial);
    Rational total = old == null ? factor : old.plus(factor);
    if (total.signum() == 0) {
      sum.remove(monomial);
    } else {
      sum.put(monomial, total);
    }
  }

  private static Poly checked(Map<Monomial, Rational> terms) {
    if (terms.size() > Budget.TERMS) {
      throw new Refusal.BeyondLimits("more than " + Budget.TERMS + " terms");
    }
    return new Poly(terms);
  }

  /** Whether, having terms, this cannot be zero: its atoms are known to be independent. */
  public boolean isDecided() {
    Atom transcendental = null;
    for (Monomial monomial : terms.keySet()) {
      for (Atom atom : monomial.powers().keySet()) {
        boolean second = transcendental != null && !transcendental.equals(atom);
        if (atom.kind() == Atom.Kind.OPAQUE || atom.kind() == Atom.Kind.TRANSCENDENTAL && second) {
          return false;
        }
        if (atom.kind() == Atom.Kind.TRANSCENDENTAL) {
          transcendental = atom;
        }
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Poly poly && poly.terms.equals(terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** One spelling for equal polynomials. */
  @Override
  public String toString() {
    if (terms.isEmpty()) {
      return "0";
    }
    Map<String, Rational> sorted = new TreeMap<>();
    terms.forEach((monomial, factor) -> sorted.put(monomial.toString(), factor));
    StringBuilder out = new StringBuilder();
    sorted.forEach(
        (monomial, factor) -> {
          out.append(out.isEmpty() ? "" : "+");
          boolean one = factor.equals(Rational.ONE) && !monomial.isEmpty();
          out.append(one ? "" : factor).append(one || monomial.isEmpty() ? "" : "*");
          out.append(monomial);
        });
    return out.toString();
  }

  /**
   * What polynomials are made of: a free symbol, a constant, or something that is not taken apart,
   * such as <code>√2</code> or <code>sin(x)</code>.
   *
   * @param key its one spelling; atoms with the same key are the same
   * @param order the smallest power that is known, for roots; 0 when none is
   * @param value what that power is
   * @param kind whether a polynomial over such atoms is zero only when it has no terms
   */
  public record Atom(String key, int order, @Nullable Poly value, Kind kind)
      implements Comparable<Atom> {
    /** Which atoms can be trusted to be independent of others. */
    enum Kind {
      /** A symbol, the imaginary unit, the square root of a prime. */
      INDEPENDENT,
      /** π or e: independent of the former, not known to be of each other. */
      TRANSCENDENTAL,
      /** Anything else. */
      OPAQUE
    }

    static Atom symbol(String name) {
      return new Atom(name, 0, null, Kind.INDEPENDENT);
    }

    @Override
    public int compareTo(Atom other) {
      return key.compareTo(other.key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Atom atom && atom.key.equals(key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }

  /**
   * A product of atoms.
   *
   * @param powers each atom's positive exponent
   */
  private record Monomial(SortedMap<Atom, Integer> powers) {
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
}
