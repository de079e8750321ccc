package io.lanpo.libs.objective;

/** What a reward is compared with. */
public enum Baseline {
  /** The mean of its group. */
  MEAN,
  /** The mean of the others of its group, arXiv 2402.14740. */
  OTHERS,
  /** The mean of the step, as in REINFORCE++, arXiv 2501.03262. */
  BATCH
}
