package io.lanpo.api.train;

/**
 * A mean with its standard error over problems.
 *
 * @param mean mean reward
 * @param se standard error of the mean; samples of one problem are averaged first, as they are not
 *     independent
 * @param problems number of problems
 * @param samples completions per problem
 * @param fellBack share of prompts that had no feedback to show and were posed plainly
 * @param finished share of completions that ended before the length limit
 */
public record Score(
    double mean, double se, int problems, int samples, double fellBack, double finished) {}
