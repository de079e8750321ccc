package io.lanpo.tasks.digits;

import java.util.random.RandomGenerator;

/**
 * How a world speaks of what its operators mean.
 *
 * @param <M> a meaning
 */
public interface Language<M> {
  /** What a meaning says of the digits; it shows in examples. */
  Rule rule(M meaning);

  /** What a meaning makes of an input: the answer of a problem. */
  String answer(M meaning, Digits input);

  /** A random meaning. */
  M any(RandomGenerator random);

  /** A solution that follows a meaning, right or wrong. */
  String solution(String operator, M meaning, Digits input);

  /**
   * Whether a solution is executed as it was planned: it states a meaning and carries it out on the
   * question's input. The meaning need not be the right one.
   */
  boolean executed(String question, String solution);

  /** What an attempt that was right teaches. */
  String principle(String operator, M meaning);

  /** What an attempt that was wrong teaches. */
  String pitfall(String operator, M meaning);

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
