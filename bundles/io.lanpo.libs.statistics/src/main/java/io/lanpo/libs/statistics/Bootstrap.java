package io.lanpo.libs.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Confidence intervals of means by the percentile bootstrap (Efron, Tibshirani: An Introduction to
 * the Bootstrap, 1993, section 13.3): units are drawn again and again with replacement, and the
 * interval holds the middle of the means. A unit is what is independent, such as a problem, never a
 * sample of it. All figures of a unit are drawn together.
 *
 * <p>Where all units have the same value the interval is that value, however few they are.
 *
 * @param resamples how often is drawn, at least 1
 * @param confidence share of the means within the interval, between 0 and 1
 * @param seed fixes the draws
 */
public record Bootstrap(int resamples, double confidence, long seed) {
  public Bootstrap {
    if (resamples < 1 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "%d resamples, confidence %s".formatted(resamples, confidence));
    }
  }

  /**
   * Means of figures over units.
   *
   * @param values {@code [units][figures]}; NaN where a unit lacks a figure
   * @param figures number of figures
   * @return {@code [figures]}
   */
  public List<Interval> means(double[][] values, int figures) {
    double[][] drawn = new double[figures][resamples];
    RandomGenerator random = new Well19937c(seed);
    int[] units = new int[values.length];
    for (int b = 0; b < resamples && values.length > 1; b++) {
      for (int i = 0; i < units.length; i++) {
        units[i] = random.nextInt(units.length);
      }
      for (int f = 0; f < figures; f++) {
        drawn[f][b] = mean(values, units, f);
      }
    }
    int[] all = IntStream.range(0, values.length).toArray();
    List<Interval> intervals = new ArrayList<>();
    for (int f = 0; f < figures; f++) {
      intervals.add(interval(mean(values, all, f), drawn[f], count(values, f)));
    }
    return intervals;
  }

  private Interval interval(double mean, double[] means, long units) {
    double[] known = Arrays.stream(means).filter(m -> !Double.isNaN(m)).toArray();
    if (units < 2 || known.length == 0) {
      return new Interval(mean, Double.NaN, Double.NaN);
    }
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(known);
    double tail = 50 * (1 - confidence);
    return new Interval(mean, percentile.evaluate(tail), percentile.evaluate(100 - tail));
  }

  private static long count(double[][] values, int figure) {
    return Arrays.stream(values).filter(unit -> !Double.isNaN(unit[figure])).count();
  }

  private static double mean(double[][] values, int[] units, int figure) {
    double sum = 0;
    int count = 0;
    for (int unit : units) {
      double value = values[unit][figure];
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
