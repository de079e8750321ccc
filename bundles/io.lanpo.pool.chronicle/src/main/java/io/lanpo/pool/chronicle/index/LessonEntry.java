package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.StoredLesson;

/** A lesson and its sequence number. */
public record LessonEntry(long number, StoredLesson stored) {
  String id() {
    return stored.lesson().id();
  }

  String text() {
    return stored.lesson().text();
  }

  /** Text of the question that it was distilled from, which tells problems apart. */
  String source() {
    return stored.lesson().source().text();
  }
}
