package io.lanpo.relative.selfdistillation;

/** What the teaching policy reads beside the question. */
enum Feedback {
  /** Another completion of the group that the verifier accepted. */
  SIBLING,
  /** What the verifier said of the completion. */
  EXPLANATION,
  /** Both, or the one that there is. */
  BOTH;

  boolean siblings() {
    return this != EXPLANATION;
  }

  boolean explanations() {
    return this != SIBLING;
  }
}
