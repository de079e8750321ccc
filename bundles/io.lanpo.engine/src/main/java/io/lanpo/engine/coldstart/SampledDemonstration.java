package io.lanpo.engine.coldstart;

import io.lanpo.api.policy.Sequence;

/**
 * Something right that a policy wrote, as it stands in {@code demonstrations.jsonl}.
 *
 * @param kind what it is
 * @param problem id of the problem it was written for
 * @param prompt the prompt to learn under
 * @param text what the policy wrote
 * @param promptTokens {@code [P]} the same as tokens
 * @param completionTokens {@code [T]} what the policy wrote as it was sampled, the end token
 *     included
 */
public record SampledDemonstration(
    Kind kind,
    String problem,
    String prompt,
    String text,
    int[] promptTokens,
    int[] completionTokens) {

  /** What a policy writes. */
  public enum Kind {
    /** An answer to the plain question. */
    ANSWER,
    /** A review of a right attempt. */
    REVIEW_OF_RIGHT,
    /** A review of a wrong attempt. */
    REVIEW_OF_WRONG,
    /** A lesson. */
    LESSON,
    /** An answer to the question with lessons from other problems. */
    ANSWER_WITH_LESSONS
  }

  /** The tokens to learn from. */
  Sequence sequence() {
    return new Sequence(promptTokens, completionTokens);
  }
}
