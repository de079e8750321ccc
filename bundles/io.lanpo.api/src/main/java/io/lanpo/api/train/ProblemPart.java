package io.lanpo.api.train;

/** Which problems of a task are asked in an evaluation. */
public enum ProblemPart {
  /** Those that are set aside for evaluation. */
  HELD_OUT,
  /** Those to learn from. */
  TRAINING,
  /** Both: first those to learn from, then those set aside. */
  ALL
}
