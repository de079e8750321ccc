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
 * @param uncondensed share of prompts whose lessons the policy was to condense and wrote no text
 *     for, so that they show them as they are
 */
public record Score(
    double mean,
    double se,
    int problems,
    int samples,
    double fellBack,
    double finished,
    double uncondensed) {

  /** Of prompts of which none was to be condensed, or each was. */
  public Score(
      double mean, double se, int problems, int samples, double fellBack, double finished) {
    this(mean, se, problems, samples, fellBack, finished, 0);
  }
}
