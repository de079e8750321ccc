package io.lanpo.tasks.digits;

import java.util.random.RandomGenerator;

/** A list of three digits, each 0 to 9. */
public record Digits(int first, int middle, int last) {
  static final int SIZE = 3;

  public Digits {
    if (Math.min(first, Math.min(middle, last)) < 0
        || Math.max(first, Math.max(middle, last)) > 9) {
      throw new IllegalArgumentException(
          "digits are 0 to 9, got " + first + " " + middle + " " + last);
    }
  }

  public static Digits any(RandomGenerator random) {
    return new Digits(random.nextInt(10), random.nextInt(10), random.nextInt(10));
  }

  /** Three different digits, so that every permutation of them shows. */
  public static Digits distinct(RandomGenerator random) {
    while (true) {
      Digits digits = any(random);
      if (digits.first != digits.middle
          && digits.middle != digits.last
          && digits.first != digits.last) {
        return digits;
      }
    }
  }

  public int at(int place) {
    return switch (place) {
      case 0 -> first;
      case 1 -> middle;
      case 2 -> last;
      default -> throw new IndexOutOfBoundsException(place);
    };
  }

  public Digits with(int place, int digit) {
    return new Digits(
        place == 0 ? digit : first, place == 1 ? digit : middle, place == 2 ? digit : last);
  }

  /** In how many places two lists agree. */
  public int matches(Digits other) {
    int same = 0;
    for (int place = 0; place < SIZE; place++) {
      same += at(place) == other.at(place) ? 1 : 0;
    }
    return same;
  }

  /** The digits as words: {@code 4 7 6}. */
  public String text() {
    return first + " " + middle + " " + last;
  }
}
