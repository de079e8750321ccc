package io.lanpo.similarity.minilm;

import java.util.List;
import java.util.Random;

/** Word problems for the benchmark: no two tellings of a kind have the same names and numbers. */
final class WordProblems {
  private static final List<String> KINDS =
      List.of(
          "%1$s has %4$d %2$s and buys %5$d more. How many %2$s does %1$s have now?",
          "There are %4$d %2$s in the %3$s. %1$s takes %6$d of them away. How many are left?",
          "Each box holds %6$d %2$s. How many %2$s are in %5$d boxes?",
          "%1$s shares %4$d %2$s equally among %6$d friends. How many does each of them get?",
          "A train leaves the %3$s at %6$d o'clock and goes %4$d km an hour. How far is it after %5$d"
              + " hours?",
          "%1$s reads %5$d pages a day. After how many days has %1$s finished a book of %4$d pages?",
          "A rectangle is %5$d cm long and %6$d cm wide. What is its area?",
          "%1$s pays %4$d cents for %6$d %2$s. What does one of the %2$s cost?",
          "The temperature at the %3$s was %5$d degrees and fell by %6$d. What is it now?",
          "Of %4$d children at the %3$s, %5$d play outside. How many are inside?",
          "%1$s is %5$d years old, and %6$d years older than a brother. How old is the brother?",
          "A recipe needs %6$d cups of flour for %5$d %2$s. How many cups do twice as many need?",
          "%5$d percent of the %4$d %2$s in the %3$s are red. How many are red?",
          "%1$s runs %6$d rounds of %4$d m around the %3$s. How many metres is that?",
          "A tank holds %4$d litres. A pump at the %3$s empties %6$d litres a minute. When is it"
              + " empty?",
          "%1$s saves %5$d coins a week for a bicycle that costs %4$d. How many weeks does it take?");

  private static final List<String> NAMES =
      List.of("Mia", "Tom", "Ada", "Leo", "Nora", "Ben", "Zoe", "Sam", "Ivy", "Max", "Eva", "Jan");

  private static final List<String> THINGS =
      List.of(
          "apples",
          "marbles",
          "stamps",
          "pencils",
          "eggs",
          "flowers",
          "books",
          "cookies",
          "shells",
          "tickets",
          "balloons",
          "chairs",
          "fish",
          "candles",
          "bottles",
          "stones");

  private static final List<String> PLACES =
      List.of(
          "garden", "school", "market", "harbour", "library", "station", "farm", "museum",
          "kitchen", "park", "theatre", "factory");

  private WordProblems() {}

  static String draw(Random random) {
    return any(KINDS, random)
        .formatted(
            any(NAMES, random),
            any(THINGS, random),
            any(PLACES, random),
            100 + random.nextInt(900),
            10 + random.nextInt(90),
            2 + random.nextInt(8));
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
