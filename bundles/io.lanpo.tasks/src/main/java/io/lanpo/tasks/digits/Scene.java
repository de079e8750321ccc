package io.lanpo.tasks.digits;

/**
 * An operator, what it means, and what is asked of it.
 *
 * @param <M> a meaning
 * @param operator the operator's word
 * @param meaning what it means here
 * @param example the meaning's rule at work, part of the question
 * @param input what the operator is to be applied to
 */
record Scene<M>(String operator, M meaning, Example example, Digits input) {
  /** The wording of the problem. */
  String question() {
    return Prompts.question(operator, example, input);
  }
}
