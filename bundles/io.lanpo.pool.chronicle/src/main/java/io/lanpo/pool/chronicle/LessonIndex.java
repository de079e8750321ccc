package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.StoredLesson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lessons, all of them in memory: they are few and short, and every step looks at all. Not
 * thread-safe.
 */
final class LessonIndex {
  /** A lesson and its sequence number. */
  record Entry(long number, StoredLesson stored) {
    String id() {
      return stored.lesson().id();
    }

    String text() {
      return stored.lesson().text();
    }
  }

  /** In order of age. */
  private final Map<String, Entry> byId = new LinkedHashMap<>();

  private @Nullable List<StoredLesson> snapshot;

  Entry add(long number, StoredLesson stored) {
    Entry entry = new Entry(number, stored);
    byId.put(entry.id(), entry);
    snapshot = null;
    return entry;
  }

  void remove(Entry entry) {
    byId.remove(entry.id());
    snapshot = null;
  }

  boolean contains(String id) {
    return byId.containsKey(id);
  }

  /** The entry that has been here longest. */
  @Nullable Entry oldest() {
    return byId.isEmpty() ? null : byId.values().iterator().next();
  }

  /** All entries, oldest first. */
  Collection<Entry> all() {
    return byId.values();
  }

  /** All lessons, oldest first; the list does not change later. */
  synchronized List<StoredLesson> lessons() {
    List<StoredLesson> lessons = snapshot;
    if (lessons == null) {
      lessons = byId.values().stream().map(Entry::stored).toList();
      snapshot = lessons;
    }
    return lessons;
  }

  int size() {
    return byId.size();
  }
}
