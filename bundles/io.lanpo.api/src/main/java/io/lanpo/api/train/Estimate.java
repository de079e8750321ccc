package io.lanpo.api.train;

/**
 * A figure of an evaluation with its confidence interval.
 *
 * @param value the figure; NaN when no problem has it
 * @param low lower end of the interval; NaN where fewer than two problems have the figure
 * @param high upper end of the interval; NaN where fewer than two problems have the figure
 */
public record Estimate(double value, double low, double high) {}
