package io.lanpo.libs.statistics;

/**
 * A mean with its confidence interval.
 *
 * @param mean the mean; NaN of nothing
 * @param low lower end; NaN where there are too few values to tell
 * @param high upper end; NaN where there are too few values to tell
 */
public record Interval(double mean, double low, double high) {}
