package io.lanpo.experiment.result;

import java.util.Collection;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.FastMath;

/**
 * A mean with its standard error.
 *
 * @param mean NaN over nothing
 * @param se standard deviation over the root of the number; NaN for fewer than two
 * @param number of values
 */
public record Mean(double mean, double se, int number) {
  /** Over some values. */
  public static Mean of(Collection<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new Mean(
        StatUtils.mean(all),
        all.length < 2 ? Double.NaN : FastMath.sqrt(StatUtils.variance(all) / all.length),
        all.length);
  }
}
