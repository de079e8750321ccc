package io.lanpo.libs.statistics;

/**
 * The probability that at least one of k samples is right, estimated from n ≥ k samples of which c
 * are right: 1 − C(n−c, k) / C(n, k), which is unbiased, unlike 1 − (1 − c/n)^k (Chen et al.:
 * Evaluating Large Language Models Trained on Code, 2021, arXiv 2107.03374, equation 1).
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * Estimates, as 1 minus the product over i from n−c+1 to n of (1 − k/i): no binomial coefficient
   * overflows.
   *
   * @param samples n
   * @param right c, from 0 to n
   * @param k from 1 to n
   * @throws IllegalArgumentException when a number is out of its range
   */
  public static double of(int samples, int right, int k) {
    if (k < 1 || k > samples || right < 0 || right > samples) {
      throw new IllegalArgumentException(
          "pass@%d of %d samples, %d right: there must be 1 <= k <= samples and 0 <= right <= samples"
              .formatted(k, samples, right));
    }
    if (samples - right < k) {
      return 1;
    }
    double none = 1;
    for (int i = samples - right + 1; i <= samples; i++) {
      none *= 1 - (double) k / i;
    }
    return 1 - none;
  }
}
