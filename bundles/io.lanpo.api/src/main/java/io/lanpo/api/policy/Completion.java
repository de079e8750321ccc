package io.lanpo.api.policy;

/**
 * What a policy wrote.
 *
 * @param tokens {@code [T]} the tokens, the end token included when it was reached
 * @param logProbs {@code [T]} log-probability in nats of each token under the distribution it was
 *     sampled from
 * @param finished whether an end token or a stop text was reached; false when the length limit cut
 *     the completion
 */
public record Completion(int[] tokens, float[] logProbs, boolean finished) {
  public Completion {
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException(
          "%d tokens with %d log-probabilities".formatted(tokens.length, logProbs.length));
    }
  }
}
