package io.lanpo.engine.update;

import io.lanpo.engine.config.LossSettings;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.FastMath;

/** Advantages within a group, as pure functions of its rewards. */
public final class Advantages {
  /** Keeps a group with tiny differences from exploding; the value the field uses. */
  private static final double EPSILON = 1e-4;

  private Advantages() {}

  /**
   * Advantages of scored completions.
   *
   * <ul>
   *   <li>{@code GRPO}: (r − mean) / (std + 1e-4) with the sample standard deviation (arXiv
   *       2402.03300)
   *   <li>{@code DR_GRPO}: r − mean (arXiv 2503.20783)
   *   <li>{@code RLOO}: r − mean of the other completions (arXiv 2402.14740)
   * </ul>
   *
   * @param estimator which formula
   * @param negativeWeight factor on negative advantages
   * @param rewards {@code [n]} rewards of one group
   * @return {@code [n]}; all 0 when the rewards are equal or there are fewer than two
   */
  public static double[] of(
      LossSettings.Advantage estimator, double negativeWeight, double[] rewards) {
    int n = rewards.length;
    if (n < 2 || Arrays.stream(rewards).distinct().count() < 2) {
      return new double[n];
    }
    double mean = StatUtils.mean(rewards);
    double scale =
        switch (estimator) {
          case GRPO -> 1 / (FastMath.sqrt(StatUtils.variance(rewards, mean)) + EPSILON);
          case DR_GRPO -> 1;
          case RLOO -> n / (n - 1.0);
        };
    return Arrays.stream(rewards)
        .map(r -> (r - mean) * scale)
        .map(a -> a < 0 ? a * negativeWeight : a)
        .toArray();
  }
}
