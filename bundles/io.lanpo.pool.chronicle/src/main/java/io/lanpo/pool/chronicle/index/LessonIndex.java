package io.lanpo.pool.chronicle.index;

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
public final class LessonIndex {
  /** In order of age. */
  private final Map<String, LessonEntry> byId = new LinkedHashMap<>();

  /** By the text of the question they were distilled from, in order of age. */
  private final Map<String, Set<LessonEntry>> bySource = new HashMap<>();

  private @Nullable List<StoredLesson> snapshot;

  public LessonEntry add(long number, StoredLesson stored) {
    LessonEntry entry = new LessonEntry(number, stored);
    byId.put(entry.id(), entry);
    bySource.computeIfAbsent(entry.source(), id -> new LinkedHashSet<>(4)).add(entry);
    snapshot = null;
    return entry;
  }

  public void remove(LessonEntry entry) {
    byId.remove(entry.id());
    bySource.computeIfPresent(
        entry.source(),
        (id, entries) -> {
          entries.remove(entry);
          return entries.isEmpty() ? null : entries;
        });
    snapshot = null;
  }

  public @Nullable LessonEntry find(String id) {
    return byId.get(id);
  }

  public boolean contains(String id) {
    return byId.containsKey(id);
  }

  /** The entry that has been here longest; only when there is one. */
  public LessonEntry oldest() {
    return byId.values().iterator().next();
  }

  /** The oldest entry of a source; only when there is one. */
  public LessonEntry oldest(String source) {
    return entries(source).iterator().next();
  }

  /** The entry of a source that has helped least; only when there is one. Looks at all of them. */
  public LessonEntry leastUseful(String source, LessonUses uses) {
    return entries(source).stream()
        .min(
            Comparator.comparingDouble((LessonEntry e) -> uses.score(e.text()))
                .thenComparingLong(LessonEntry::number))
        .orElseThrow();
  }

  private Set<LessonEntry> entries(String source) {
    return Objects.requireNonNull(bySource.get(source));
  }

  /** Number of entries of a source. */
  public int count(String source) {
    return bySource.getOrDefault(source, Set.of()).size();
  }

  /** All entries, oldest first. */
  public Collection<LessonEntry> all() {
    return byId.values();
  }

  /** All lessons, oldest first; the list does not change later. */
  public synchronized List<StoredLesson> lessons() {
    List<StoredLesson> lessons = snapshot;
    if (lessons == null) {
      lessons = byId.values().stream().map(LessonEntry::stored).toList();
      snapshot = lessons;
    }
    return lessons;
  }

  public int size() {
    return byId.size();
  }
}
