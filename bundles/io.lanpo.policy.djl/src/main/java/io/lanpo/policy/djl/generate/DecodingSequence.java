package io.lanpo.policy.djl.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampling;
import io.lanpo.policy.djl.batch.CommonPrefix;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A completion in the making: its request, and its tokens so far. */
final class DecodingSequence {
  /** 2⁻²³: uniform numbers of this grid stay below one when multiplied in single precision. */
  private static final float GRID = 0x1p-23f;

  private final GenerationRequest request;
  private final CommonPrefix prefix;
  private final SplittableRandom random;
  private int[] tokens = new int[16];
  private float[] logProbs = new float[16];
  private int count;
  private boolean finished;

  /**
   * @param prefix what its prompt has in common with others
   * @param random this completion's own random numbers, one for each token
   */
  DecodingSequence(GenerationRequest request, CommonPrefix prefix, SplittableRandom random) {
    this.request = request;
    this.prefix = prefix;
    this.random = random;
  }

  GenerationRequest request() {
    return request;
  }

  CommonPrefix prefix() {
    return prefix;
  }

  /** A uniform number in [0, 1) for the next token. */
  float nextUniform() {
    return (random.nextInt() >>> 9) * GRID;
  }

  void append(int token, float logProb, StopCondition stop) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
      logProbs = Arrays.copyOf(logProbs, 2 * count);
    }
    tokens[count] = token;
    logProbs[count++] = logProb;
    Sampling sampling = request.sampling();
    finished = !sampling.ignoreEnd() && stop.reached(tokens, count, sampling.stop());
  }

  /** Whether it is complete: stopped, or as long as allowed. */
  boolean done() {
    return finished || remaining() == 0;
  }

  /** Tokens that may still follow. */
  int remaining() {
    return request.sampling().maxTokens() - count;
  }

  /** Tokens in all: prompt and completion so far. */
  int length() {
    return request.prompt().length + count;
  }

  /** Tokens whose keys and values are kept: all but the last one. */
  int cached() {
    return request.prompt().length + Math.max(0, count - 1);
  }

  /** Of these, those that follow the prefix. */
  int ownCached() {
    return cached() - prefix.length();
  }

  /** A token of prompt and completion. */
  int token(int index) {
    int prompt = request.prompt().length;
    return index < prompt ? request.prompt()[index] : tokens[index - prompt];
  }

  Completion completion() {
    return new Completion(Arrays.copyOf(tokens, count), Arrays.copyOf(logProbs, count), finished);
  }
}
