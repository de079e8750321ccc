package io.lanpo.libs.objective;

import io.lanpo.api.policy.Loss.KlEstimator;
import org.apache.commons.math3.util.FastMath;

/**
 * A penalty for the distance from a reference policy, token by token, with r = log p_ref − log p:
 *
 * <pre>
 * k1 = −r        slope by log p: 1
 * k2 = r²/2      −r
 * k3 = e^r − r − 1      1 − e^r
 * </pre>
 *
 * @param weight factor on the estimate, at least 0
 * @param estimator what stands for the KL divergence
 */
public record KlPenalty(double weight, KlEstimator estimator) {
  /** The penalty of a token, in nats times the weight. */
  public double of(double logProb, double reference) {
    double r = reference - logProb;
    return weight
        * switch (estimator) {
          case K1 -> -r;
          case K2 -> r * r / 2;
          case K3 -> FastMath.exp(r) - r - 1;
        };
  }

  /** Its derivative by the token's log-probability. */
  public double slope(double logProb, double reference) {
    double r = reference - logProb;
    return weight
        * switch (estimator) {
          case K1 -> 1;
          case K2 -> -r;
          case K3 -> 1 - FastMath.exp(r);
        };
  }

  /** The penalty of a completion: the sum over its tokens. */
  public double of(float[] logProbs, float[] reference) {
    double sum = 0;
    for (int t = 0; t < logProbs.length; t++) {
      sum += of(logProbs[t], reference[t]);
    }
    return sum;
  }
}
