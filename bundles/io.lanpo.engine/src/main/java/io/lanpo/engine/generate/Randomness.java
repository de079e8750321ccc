package io.lanpo.engine.generate;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Independent random streams derived from a run's seed by purpose and position. Nothing carries
 * over from step to step, so a resumed run needs no generator state to go on with the same bits.
 *
 * @param seed the run's seed
 */
public record Randomness(long seed) {
  /**
   * A seed for a purpose.
   *
   * @param purpose what it is for, e.g. {@code plan}
   * @param position where, e.g. step and problem
   */
  public long seed(String purpose, long... position) {
    long hash = mix(seed ^ mix(purpose.hashCode()));
    for (long p : position) {
      hash = mix(hash + 0x9E3779B97F4A7C15L + p);
    }
    return hash;
  }

  /** A generator for a purpose, see {@link #seed}. */
  public RandomGenerator stream(String purpose, long... position) {
    return new Well19937c(seed(purpose, position));
  }

  /** A generator for a purpose as the API asks for it. */
  public java.util.random.RandomGenerator generator(String purpose, long... position) {
    RandomGenerator stream = stream(purpose, position);
    return stream::nextLong;
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
   * generators, 2014).
   */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }
}
