package io.lanpo.api.feedback;

/** Which language feedback a prompt carries. */
public enum FeedbackMode {
  /** None: the plain question. */
  SCRATCH,
  /** Reward-agnostic reflection on the policy's own earlier attempt. */
  REFLECT,
  /** Relevant abstraction: lessons from other problems. */
  ABSTRACT
}
