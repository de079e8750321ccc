package io.lanpo.libs.objective;

/** How token losses are averaged. */
public enum Aggregation {
  /** Over all completion tokens of the step, arXiv 2503.14476. */
  TOKEN_MEAN,
  /** Over the tokens of each completion, then over completions, arXiv 2402.03300. */
  SEQUENCE_MEAN,
  /** By a constant that does not depend on lengths, arXiv 2503.20783. */
  CONSTANT
}
