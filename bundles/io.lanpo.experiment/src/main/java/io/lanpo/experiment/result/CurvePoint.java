package io.lanpo.experiment.result;

/**
 * A value of the measure along a run.
 *
 * @param step after this training step
 * @param tokens completion tokens sampled so far
 * @param cpuSeconds processor seconds of the training steps so far
 * @param value the measure
 */
public record CurvePoint(double step, double tokens, double cpuSeconds, double value) {}
