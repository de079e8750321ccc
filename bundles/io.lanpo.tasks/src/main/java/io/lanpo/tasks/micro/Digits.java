package io.lanpo.tasks.micro;

import java.util.random.RandomGenerator;

/** A list of three digits, each 0 to 9. */
record Digits(int first, int middle, int last) {
  static final int SIZE = 3;

  Digits {
    if (Math.min(first, Math.min(middle, last)) < 0
        || Math.max(first, Math.max(middle, last)) > 9) {
      throw new IllegalArgumentException(
          "digits are 0 to 9, got " + first + " " + middle + " " + last);
    }
  }

  static Digits any(RandomGenerator random) {
    return new Digits(random.nextInt(10), random.nextInt(10), random.nextInt(10));
  }

  /** Three different digits, so that every permutation of them shows. */
  static Digits distinct(RandomGenerator random) {
    while (true) {
      Digits digits = any(random);
      if (digits.first != digits.middle
          && digits.middle != digits.last
          && digits.first != digits.last) {
        return digits;
      }
    }
  }

  int at(int place) {
    return switch (place) {
      case 0 -> first;
      case 1 -> middle;
      case 2 -> last;
      default -> throw new IndexOutOfBoundsException(place);
    };
  }

  Digits with(int place, int digit) {
    return new Digits(
        place == 0 ? digit : first, place == 1 ? digit : middle, place == 2 ? digit : last);
  }

  /** In how many places two lists agree. */
  int matches(Digits other) {
    int same = 0;
    for (int place = 0; place < SIZE; place++) {
      same += at(place) == other.at(place) ? 1 : 0;
    }
    return same;
  }

  /** The digits as words: {@code 4 7 6}. */
  String text() {
    return first + " " + middle + " " + last;
  }
}
