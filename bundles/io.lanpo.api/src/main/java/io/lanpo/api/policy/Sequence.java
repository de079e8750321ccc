package io.lanpo.api.policy;

/**
 * A prompt and a completion as tokens.
 *
 * @param prompt {@code [P]} tokens that are given, at least one
 * @param completion {@code [T]} tokens that are scored or learned, at least one
 */
public record Sequence(int[] prompt, int[] completion) {
  public Sequence {
    if (prompt.length == 0 || completion.length == 0) {
      throw new IllegalArgumentException("prompt and completion have at least one token each");
    }
  }

  /** Tokens in all. */
  public int length() {
    return prompt.length + completion.length;
  }
}
