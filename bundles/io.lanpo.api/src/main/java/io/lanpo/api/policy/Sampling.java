package io.lanpo.api.policy;

/**
 * How completions are sampled.
 *
 * @param temperature divides the logits before the softmax; 0 means greedy
 * @param topK keep only this many of the most probable tokens; 0 keeps all
 * @param topP keep the smallest set of tokens with at least this probability in sum; 1 keeps all
 * @param maxTokens longest completion in tokens, the end token included
 */
public record Sampling(double temperature, int topK, double topP, int maxTokens) {
  public Sampling {
    if (!(temperature >= 0) || topK < 0 || !(topP > 0 && topP <= 1) || maxTokens < 1) {
      throw new IllegalArgumentException(
          "temperature >= 0, topK >= 0, 0 < topP <= 1, maxTokens >= 1; got %s, %d, %s, %d"
              .formatted(temperature, topK, topP, maxTokens));
    }
  }

  /** Samples from the whole distribution. */
  public static Sampling at(double temperature, int maxTokens) {
    return new Sampling(temperature, 0, 1, maxTokens);
  }
}
