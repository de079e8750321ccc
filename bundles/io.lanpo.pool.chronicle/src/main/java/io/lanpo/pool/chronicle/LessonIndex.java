package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.StoredLesson;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** Id of the question that it was distilled from. */
    String source() {
      return stored.lesson().source().id();
    }
  }

  /** In order of age. */
  private final Map<String, Entry> byId = new LinkedHashMap<>();

  /** By the id of the question they were distilled from, in order of age. */
  private final Map<String, Set<Entry>> bySource = new HashMap<>();

  private @Nullable List<StoredLesson> snapshot;

  Entry add(long number, StoredLesson stored) {
    Entry entry = new Entry(number, stored);
    byId.put(entry.id(), entry);
    bySource.computeIfAbsent(entry.source(), id -> new LinkedHashSet<>(4)).add(entry);
    snapshot = null;
    return entry;
  }

  void remove(Entry entry) {
    byId.remove(entry.id());
    bySource.computeIfPresent(
        entry.source(),
        (id, entries) -> {
          entries.remove(entry);
          return entries.isEmpty() ? null : entries;
        });
    snapshot = null;
  }

  boolean contains(String id) {
    return byId.containsKey(id);
  }

  /** The entry that has been here longest; only when there is one. */
  Entry oldest() {
    return byId.values().iterator().next();
  }

  /** The oldest entry of a source; only when there is one. */
  Entry oldest(String source) {
    return entries(source).iterator().next();
  }

  /** The entry of a source that has helped least; only when there is one. Looks at all of them. */
  Entry leastUseful(String source, LessonUses uses) {
    return entries(source).stream()
        .min(
            Comparator.comparingDouble((Entry e) -> uses.score(e.text()))
                .thenComparingLong(Entry::number))
        .orElseThrow();
  }

  private Set<Entry> entries(String source) {
    return Objects.requireNonNull(bySource.get(source));
  }

  /** Number of entries of a source. */
  int count(String source) {
    return bySource.getOrDefault(source, Set.of()).size();
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
