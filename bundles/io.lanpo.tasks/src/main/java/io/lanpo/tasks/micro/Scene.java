package io.lanpo.tasks.micro;

import java.util.random.RandomGenerator;

/**
 * An operator, what it means, and what is asked of it.
 *
 * @param operator the operator's word
 * @param rule what it means here
 * @param example the rule at work, part of the question
 * @param input what the operator is to be applied to
 */
record Scene(String operator, Rule rule, Example example, Digits input) {
  static Scene draw(String operator, Rule rule, RandomGenerator random) {
    return new Scene(operator, rule, Example.of(rule, random), Digits.any(random));
  }

  /** The wording of the problem. */
  String question() {
    return Sentences.question(operator, example, input);
  }

  /** The right solution. */
  String solution() {
    return solution(rule);
  }

  /** The solution of a plan that is followed, right or wrong. */
  String solution(Rule plan) {
    return Sentences.solution(operator, plan, input);
  }
}
