package io.lanpo.verifier.exact;

/**
 * What graders disagree about, chosen openly.
 *
 * @param percent what a percent sign means
 * @param units whether a word behind the number in an answer is taken for its unit and ignored when
 *     the key is a bare number: {@code 42 apples} for {@code 42}
 * @param ignoreCase whether upper and lower case are the same
 */
record Conventions(Percent percent, boolean units, boolean ignoreCase) {}
