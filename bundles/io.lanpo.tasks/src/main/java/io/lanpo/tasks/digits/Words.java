package io.lanpo.tasks.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The words of the small worlds. */
public final class Words {
  /**
   * The words of prompts and solutions. {@code right_}, of an attempt that was right, is another
   * word than {@code right}, the permutation.
   */
  private static final String SENTENCES =
      "problem : . apply to of is solution means then gives answer principle pitfall not attempt"
          + " review right_ wrong lesson drill";

  private Words() {}

  /**
   * Every word, always in the same order.
   *
   * @param more the words that only one world has
   */
  public static List<String> all(List<String> more) {
    List<String> all = new ArrayList<>(List.of(SENTENCES.split(" ")));
    all.addAll(ReviewGrammar.WORDS);
    IntStream.range(0, 10).mapToObj(Integer::toString).forEach(all::add);
    Arrays.stream(Permutation.values()).map(Permutation::word).forEach(all::add);
    Arrays.stream(Overwrite.Place.values()).map(Overwrite.Place::word).forEach(all::add);
    all.addAll(Operators.TASK);
    all.addAll(Operators.HELD_OUT);
    all.addAll(Operators.KNOWN);
    all.addAll(Operators.PRACTICE);
    all.addAll(more);
    return List.copyOf(all);
  }
}
