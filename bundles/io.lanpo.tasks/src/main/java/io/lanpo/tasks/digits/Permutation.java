package io.lanpo.tasks.digits;

import java.util.Locale;

/** The first step of a rule: reorders the digits. */
public enum Permutation {
  KEEP(0, 1, 2),
  REVERSE(2, 1, 0),
  LEFT(1, 2, 0),
  RIGHT(2, 0, 1),
  SWAP(1, 0, 2),
  TUCK(0, 2, 1);

  private final int first;
  private final int middle;
  private final int last;

  Permutation(int first, int middle, int last) {
    this.first = first;
    this.middle = middle;
    this.last = last;
  }

  public Digits apply(Digits digits) {
    return new Digits(digits.at(first), digits.at(middle), digits.at(last));
  }

  /** The next one in order, after the last the first. */
  public Permutation next() {
    return values()[(ordinal() + 1) % values().length];
  }

  /** The one before in order, before the first the last. */
  public Permutation previous() {
    return values()[(ordinal() + values().length - 1) % values().length];
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
