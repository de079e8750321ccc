package io.lanpo.tasks.digits;

import java.util.List;
import java.util.Map;

/**
 * The language of reviews: test the permutation of a plan on the worked example, digit by digit; if
 * it fails, continue with the next permutation; then read off the digit that was overwritten.
 *
 * <p>{@code try swap 7 6 diff 4 4 yet 6 8 wrong try tuck 4 6 diff 6 4 wrong try right 6 6 same 4 4
 * ok then last 8}
 *
 * <p>A pair is a digit of the permuted example and the digit that should be there. After each pair
 * stands the state of the test, which follows from the last three words: after the first pair
 * {@code same} or {@code diff}; after the second {@code ok} or {@code wrong} if that settles it,
 * else {@code but} (same, then different) or {@code yet} (different, then same); a third pair
 * settles those. The next permutation, too, follows from the last one, so a review cannot go round
 * in circles. A critique whose every word is a local decision is one that a small model learns to
 * write without a fault.
 */
public final class ReviewGrammar {
  /** The words of this class that solutions and prompts have not. */
  public static final List<String> WORDS = List.of("try same diff but yet ok".split(" "));

  /** Loss weights in the cold start: the words that judge are few and decide everything. */
  public static final Map<String, Double> WEIGHTS =
      Map.of("same", 3.0, "diff", 3.0, "but", 3.0, "yet", 3.0, "ok", 3.0, "wrong", 3.0);

  /** Announces the refined solution. */
  public static final String SOLUTION = "solution :";

  private ReviewGrammar() {}

  /**
   * Tests one permutation after the other until one fits. When there are no more tests, the last
   * permutation is taken all the same.
   *
   * @param first the first permutation to try
   * @param example what the tests are made on
   * @param most at most so many tests, at least one
   */
  public static Language.Review<Rule> search(Permutation first, Example example, int most) {
    StringBuilder text = new StringBuilder();
    Permutation tried = first;
    for (int i = 0; i < most; i++) {
      tried = i == 0 ? first : tried.next();
      text.append(test(tried, example)).append(" ");
      if (example.fits(tried)) {
        break;
      }
    }
    Rule rule = new Rule(tried, example.overwriteAfter(tried));
    return new Language.Review<>(text + "then " + rule.overwrite().text(), rule);
  }

  /** {@code try right 6 6 same 4 4 ok} */
  static String test(Permutation permutation, Example example) {
    Digits got = permutation.apply(example.input());
    Digits wanted = example.output();
    boolean first = got.first() == wanted.first();
    boolean middle = got.middle() == wanted.middle();
    StringBuilder text = new StringBuilder("try ").append(permutation.word());
    text.append(pair(got.first(), wanted.first())).append(first ? " same" : " diff");
    text.append(pair(got.middle(), wanted.middle()));
    if (first == middle) {
      return text.append(first ? " ok" : " wrong").toString();
    }
    text.append(first ? " but" : " yet").append(pair(got.last(), wanted.last()));
    return text.append(got.last() == wanted.last() ? " ok" : " wrong").toString();
  }

  private static String pair(int got, int wanted) {
    return " " + got + " " + wanted;
  }
}
