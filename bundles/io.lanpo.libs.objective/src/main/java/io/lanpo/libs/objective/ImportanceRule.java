package io.lanpo.libs.objective;

import java.util.Arrays;
import org.apache.commons.math3.util.FastMath;

/**
 * How much a completion counts that another policy sampled, by the ratio of the two probabilities:
 * that of each token, or of the whole completion, which is the product of its tokens'. Beyond a cap
 * the ratio is cut (truncated importance sampling, arXiv 1802.01561) or counts nothing (rejection).
 * These are TRL's {@code token_truncate}, {@code token_mask}, {@code sequence_truncate} and {@code
 * sequence_mask}.
 *
 * @param level of what the ratio is
 * @param form what becomes of a ratio above the cap
 * @param cap the most that a ratio may be
 */
public record ImportanceRule(Level level, Form form, double cap) {
  /** Of what a ratio is. */
  public enum Level {
    /** Of a token: less variance, and biased where a completion is long. */
    TOKEN,
    /** Of a completion: one weight for all of its tokens. */
    SEQUENCE
  }

  /** What becomes of a ratio above the cap. */
  public enum Form {
    /** It counts as the cap. */
    TRUNCATE,
    /** It counts nothing: the token, or the completion, is rejected. */
    MASK
  }

  /**
   * The weights of a completion.
   *
   * @param weights {@code [T]} 0 to the cap
   * @param ratios how many ratios there were: one for each token or one in all
   * @param beyond how many of them were above the cap
   */
  public record Weights(float[] weights, int ratios, int beyond) {}

  /**
   * The weights of a completion.
   *
   * @param before {@code [T]} the policy's log-probabilities before the update, in nats
   * @param sampled {@code [T]} those with which the tokens were sampled
   */
  public Weights of(float[] before, float[] sampled) {
    int length = before.length;
    float[] weights = new float[length];
    if (level == Level.SEQUENCE) {
      double difference = 0;
      for (int t = 0; t < length; t++) {
        difference += (double) before[t] - sampled[t];
      }
      double ratio = FastMath.exp(difference);
      Arrays.fill(weights, weight(ratio));
      return new Weights(weights, 1, ratio > cap ? 1 : 0);
    }
    int beyond = 0;
    for (int t = 0; t < length; t++) {
      double ratio = FastMath.exp((double) before[t] - sampled[t]);
      weights[t] = weight(ratio);
      beyond += ratio > cap ? 1 : 0;
    }
    return new Weights(weights, length, beyond);
  }

  private float weight(double ratio) {
    return (float) (ratio <= cap ? ratio : form == Form.TRUNCATE ? cap : 0);
  }
}
