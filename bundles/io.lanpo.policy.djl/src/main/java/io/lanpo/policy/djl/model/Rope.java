package io.lanpo.policy.djl.model;

import org.jspecify.annotations.Nullable;

/**
 * The frequencies of rotary position embeddings (RoPE, arXiv 2104.09864).
 *
 * @param theta base of the frequencies
 * @param scaling how they are stretched for contexts longer than those of pretraining; null when
 *     they are not
 */
public record Rope(double theta, @Nullable Scaling scaling) {

  /** Stretches frequencies. */
  sealed interface Scaling {}

  /**
   * Every position counts as a fraction of itself (arXiv 2306.15595).
   *
   * @param factor how much the context is stretched
   */
  public record Linear(double factor) implements Scaling {}

  /**
   * Slow rotations are stretched, quick ones are not, those in between partly (Llama 3.1, arXiv
   * 2407.21783; in checkpoints {@code llama3}).
   *
   * @param factor how much slow rotations are stretched
   * @param lowFrequency a wave that fits fewer times than this into the original context is slow
   * @param highFrequency one that fits more times is quick
   * @param originalContext context of pretraining in tokens
   */
  public record Llama3(
      double factor, double lowFrequency, double highFrequency, int originalContext)
      implements Scaling {}

  /** Frequencies without scaling. */
  public static Rope of(double theta) {
    return new Rope(theta, null);
  }

  /**
   * The angle, in radians for each position, by which a pair of columns turns.
   *
   * @param pair which pair
   * @param pairs how many there are in a head
   */
  public double frequency(int pair, int pairs) {
    double plain = Math.pow(theta, -(double) pair / pairs);
    if (scaling instanceof Linear linear) {
      return plain / linear.factor();
    }
    if (scaling instanceof Llama3 llama3) {
      double waves = llama3.originalContext() * plain / (2 * Math.PI);
      double kept =
          (waves - llama3.lowFrequency()) / (llama3.highFrequency() - llama3.lowFrequency());
      kept = Math.max(0, Math.min(1, kept));
      return kept * plain + (1 - kept) * plain / llama3.factor();
    }
    return plain;
  }
}
