package io.lanpo.tasks.digits;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a world speaks of what its operators mean.
 *
 * @param <M> a meaning
 */
public interface Language<M> {
  /** A solution's operator and what it says of it. */
  Pattern SOLUTION = Pattern.compile("(\\w+) means (.+?) \\. .*");

  /** What a meaning says of the digits; it shows in examples. */
  Rule rule(M meaning);

  /** What a meaning makes of an input: the answer of a problem. */
  String answer(M meaning, Digits input);

  /** A random meaning. */
  M any(RandomGenerator random);

  /** {@code right then last 8}: a meaning in words. */
  String text(M meaning);

  /** The meaning that its {@link #text} states. */
  Optional<M> read(String text);

  /**
   * A solution that follows a meaning, right or wrong: {@code zim means right then last 8 . right 8
   * 6 8 gives 8 8 6 answer 8 8 8}
   */
  default String solution(String operator, M meaning, Digits input) {
    Permutation permutation = rule(meaning).permutation();
    return "%s means %s . %s %s gives %s answer %s"
        .formatted(
            operator,
            text(meaning),
            permutation.word(),
            input.text(),
            permutation.apply(input).text(),
            answer(meaning, input));
  }

  /**
   * Whether a solution is executed as it was planned: it states a meaning and carries it out on the
   * question's input. The meaning need not be the right one.
   */
  default boolean executed(String question, String solution) {
    Optional<Digits> input = Prompts.input(question);
    Matcher planned = SOLUTION.matcher(solution);
    return input.isPresent()
        && planned.matches()
        && read(planned.group(2))
            .filter(plan -> solution.equals(solution(planned.group(1), plan, input.get())))
            .isPresent();
  }

  /** What an attempt that was right teaches. */
  String principle(String operator, M meaning);

  /** What an attempt that was wrong teaches: {@code pitfall : zim is not right then last 8 .} */
  default String pitfall(String operator, M meaning) {
    return "pitfall : %s is not %s .".formatted(operator, text(meaning));
  }

  /** Whether a principle tells all of a meaning. */
  boolean principlesTellAll();

  /**
   * The meaning by which a problem is solved when a principle about it is known.
   *
   * @param meaning what the principle is about
   * @param guess the meaning by which it would be solved without
   */
  M taught(M meaning, M guess);

  /** The plan of an attempt to be reviewed. */
  M attempted(M meaning, RandomGenerator random);

  /** What a review makes of an attempt, from the example alone. */
  Review<M> review(M attempted, Example example);

  /** The tests that a review would make from a permutation on. */
  String tests(Permutation first, Example example);

  /**
   * A review.
   *
   * @param tests what is tested, in words
   * @param conclusion what the refined solution goes by
   */
  record Review<M>(String tests, M conclusion) {}
}
