package io.lanpo.api.pool;

import io.lanpo.api.feedback.Lesson;

/**
 * A lesson with where it came from.
 *
 * @param lesson the lesson as strategies see it
 * @param run the run whose policy wrote it
 * @param step the run's step, from 1
 */
public record StoredLesson(Lesson lesson, String run, int step) {}
