package io.lanpo.api.policy;

import java.util.List;

/**
 * How completions are sampled. The cuts are made in the order top-k, top-p, min-p, each on what the
 * one before it left.
 *
 * @param temperature divides the logits before the softmax; 0 means greedy
 * @param topK keep only this many of the most probable tokens; 0 keeps all
 * @param topP keep the smallest set of tokens with at least this probability in sum; 1 keeps all
 * @param minP keep only tokens at least this many times as probable as the most probable one (arXiv
 *     2407.01082); 0 keeps all
 * @param maxTokens longest completion in tokens, the end token included
 * @param stop a completion ends with the token that completes one of these texts, which stays part
 *     of it; may be empty
 * @param ignoreEnd whether a completion goes on behind an end token or a stop text, up to its
 *     longest, as a benchmark wants it; a backend on another machine may not be able to
 */
public record Sampling(
    double temperature,
    int topK,
    double topP,
    double minP,
    int maxTokens,
    List<String> stop,
    boolean ignoreEnd) {
  public Sampling {
    stop = List.copyOf(stop);
    if (!(temperature >= 0)
        || topK < 0
        || !(topP > 0 && topP <= 1)
        || !(minP >= 0 && minP <= 1)
        || maxTokens < 1
        || stop.contains("")) {
      throw new IllegalArgumentException(
          ("temperature >= 0, topK >= 0, 0 < topP <= 1, 0 <= minP <= 1, maxTokens >= 1, no empty stop"
                  + " text; got %s, %d, %s, %s, %d, %s")
              .formatted(temperature, topK, topP, minP, maxTokens, stop));
    }
  }

  /** A completion ends with an end token or a stop text. */
  public Sampling(
      double temperature, int topK, double topP, double minP, int maxTokens, List<String> stop) {
    this(temperature, topK, topP, minP, maxTokens, stop, false);
  }

  /** Samples from the whole distribution. */
  public static Sampling at(double temperature, int maxTokens) {
    return new Sampling(temperature, 0, 1, 0, maxTokens, List.of());
  }
}
