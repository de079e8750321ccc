package io.lanpo.policy.tinker.protocol;

import io.lanpo.api.policy.Sequence;

/**
 * A sequence as the server learns it. Of {@code P} prompt and {@code T} completion tokens the
 * server's model reads all but the last, and is asked for all but the first: {@code P + T − 1}
 * positions, of which the last {@code T} have a weight.
 *
 * @param sequence prompt and completion
 * @param weights {@code [T]} the server's {@code weights}
 * @param advantages {@code [T]}, or empty
 * @param logProbs {@code [T]} under the policy that sampled, or empty
 */
public record Datum(Sequence sequence, float[] weights, float[] advantages, float[] logProbs) {
  /** Positions, {@code P + T − 1}. */
  public int positions() {
    return sequence.length() - 1;
  }

  /** Positions without a weight, {@code P − 1}. */
  public int prefix() {
    return sequence.prompt().length - 1;
  }

  /** {@code [P + T − 1]} tokens from the given one on; 0 for what is read, 1 for what is asked. */
  int[] tokens(int from) {
    int[] all = new int[positions()];
    int[] prompt = sequence.prompt();
    int[] completion = sequence.completion();
    System.arraycopy(prompt, from, all, 0, prompt.length - from);
    int rest = positions() - (prompt.length - from);
    System.arraycopy(completion, 0, all, prompt.length - from, rest);
    return all;
  }
}
