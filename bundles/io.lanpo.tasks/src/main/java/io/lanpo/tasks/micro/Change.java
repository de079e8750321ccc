package io.lanpo.tasks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The second step of a rule: adds to or takes from one digit, modulo 10.
 *
 * @param direction add or take
 * @param amount one or two
 * @param place which digit
 */
record Change(Direction direction, Amount amount, Place place) {
  enum Direction {
    ADD,
    TAKE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Amount {
    ONE,
    TWO;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Place {
    FIRST,
    MIDDLE,
    LAST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<Change> all() {
    List<Change> all = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (Amount amount : Amount.values()) {
        for (Place place : Place.values()) {
          all.add(new Change(direction, amount, place));
        }
      }
    }
    return List.copyOf(all);
  }

  int apply(int digit) {
    int step = amount.ordinal() + 1;
    return Math.floorMod(direction == Direction.ADD ? digit + step : digit - step, 10);
  }

  Digits apply(Digits digits) {
    int index = place.ordinal();
    return digits.with(index, apply(digits.at(index)));
  }

  /** {@code add one last}. */
  String text() {
    return direction.word() + " " + amount.word() + " " + place.word();
  }
}
