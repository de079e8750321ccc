package io.lanpo.tasks.digits;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The second step of a rule: puts a digit in one place, whatever stood there.
 *
 * @param place which place
 * @param digit what is put there
 */
public record Overwrite(Place place, int digit) {
  public enum Place {
    FIRST,
    MIDDLE,
    LAST;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Overwrite any(RandomGenerator random) {
    return new Overwrite(Place.values()[random.nextInt(Digits.SIZE)], random.nextInt(10));
  }

  public Digits apply(Digits digits) {
    return digits.with(place.ordinal(), digit);
  }

  /** {@code last 8}. */
  public String text() {
    return place.word() + " " + digit;
  }
}
