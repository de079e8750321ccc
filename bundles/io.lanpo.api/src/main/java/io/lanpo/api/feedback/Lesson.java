package io.lanpo.api.feedback;

import io.lanpo.api.task.Question;

/**
 * A principle or a pitfall that the policy distilled from one problem, to be shown for others.
 *
 * @param id identifies the lesson in its pool
 * @param kind what sort of lesson it is
 * @param text the words of the policy
 * @param source the question it was distilled from; the lesson is never shown for it
 */
public record Lesson(String id, Kind kind, String text, Question source) {
  /** What sort of lesson it is. */
  public enum Kind {
    /** What worked; distilled from a solved attempt. */
    PRINCIPLE,
    /** What to avoid; distilled from an attempt that failed. */
    PITFALL
  }
}
