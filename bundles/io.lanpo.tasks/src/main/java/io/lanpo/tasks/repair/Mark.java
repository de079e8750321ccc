package io.lanpo.tasks.repair;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What an operator adds to the digits. No example shows it. */
enum Mark {
  RED,
  BLUE,
  GREEN,
  GOLD,
  GREY,
  PINK,
  TEAL,
  PLUM;

  static Mark any(RandomGenerator random) {
    return values()[random.nextInt(values().length)];
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Mark::word).toList();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
