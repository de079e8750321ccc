package io.lanpo.tasks.micro;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The second step of a rule: puts a digit in one place, whatever stood there.
 *
 * @param place which place
 * @param digit what is put there
 */
record Overwrite(Place place, int digit) {
  enum Place {
    FIRST,
    MIDDLE,
    LAST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Overwrite any(RandomGenerator random) {
    return new Overwrite(Place.values()[random.nextInt(Digits.SIZE)], random.nextInt(10));
  }

  Digits apply(Digits digits) {
    return digits.with(place.ordinal(), digit);
  }

  /** {@code last 8}. */
  String text() {
    return place.word() + " " + digit;
  }
}
