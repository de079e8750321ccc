package io.lanpo.verifier.math;

import org.jspecify.annotations.Nullable;

/**
 * What polynomials are made of: a free symbol, a constant, or something that is not taken apart,
 * such as <code>√2</code> or <code>sin(x)</code>.
 *
 * @param key its one spelling; atoms with the same key are the same
 * @param order the smallest power that is known, for roots; 0 when none is
 * @param value what that power is
 * @param kind whether a polynomial over such atoms is zero only when it has no terms
 */
record Atom(String key, int order, @Nullable Poly value, Kind kind) implements Comparable<Atom> {
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
