package io.lanpo.tasks.digits;

/** What a demonstration teaches. */
public enum Skill {
  /** Solving a plain problem. */
  PLAIN,
  /** Using a principle from another problem. */
  PRINCIPLE,
  /** Heeding a pitfall from another problem. */
  PITFALL,
  /** Reviewing an attempt and writing a refined solution. */
  REVIEW,
  /** Distilling a lesson from an attempt. */
  LESSON,
  /** The tests of a review, without an attempt. */
  DRILL
}
