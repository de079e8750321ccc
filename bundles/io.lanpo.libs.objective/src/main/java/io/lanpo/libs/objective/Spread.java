package io.lanpo.libs.objective;

/** What a difference from the baseline is divided by. */
public enum Spread {
  /** The sample standard deviation of the group's rewards, arXiv 2402.03300. */
  GROUP,
  /** Nothing, arXiv 2503.20783. */
  NONE,
  /**
   * The sample standard deviation of the step's differences, as in REINFORCE++, arXiv 2501.03262.
   */
  BATCH
}
