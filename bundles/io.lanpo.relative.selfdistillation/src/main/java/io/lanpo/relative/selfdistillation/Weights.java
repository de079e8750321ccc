package io.lanpo.relative.selfdistillation;

/** Whose weights teach. */
enum Weights {
  /** The policy's before the update. */
  POLICY,
  /** The policy's before step 1. */
  INITIAL
}
