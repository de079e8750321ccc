package io.lanpo.shell.pool;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How two pools differ, by the ids of their entries. Experiences are looked up one at a time: only
 * the first few differences are kept in memory.
 *
 * @param experiences the difference in experiences
 * @param lessons the difference in lessons
 */
public record PoolDifference(Part experiences, Part lessons) {
  /**
   * The difference in entries of one type.
   *
   * @param same how many are in both with the same content
   * @param onlyA entries of A that B has not
   * @param onlyB entries of B that A has not
   * @param changed entries that both have, with another content
   */
  public record Part(long same, Found onlyA, Found onlyB, Found changed) {
    /** Whether there is none. */
    public boolean none() {
      return onlyA.count + onlyB.count + changed.count == 0;
    }
  }

  /** How many there are, and the first few in words. */
  public static final class Found {
    private final int most;
    private final List<String> first = new ArrayList<>();
    private long count;

    private Found(int most) {
      this.most = most;
    }

    private void add(String what) {
      count++;
      if (first.size() < most) {
        first.add(what);
      }
    }

    /** How many. */
    public long count() {
      return count;
    }

    /** The first few, oldest first: the id, and of a changed entry the keys that differ. */
    public List<String> first() {
      return List.copyOf(first);
    }
  }

  /** Whether there is none. */
  public boolean none() {
    return experiences.none() && lessons.none();
  }

  /**
   * Compares two pools.
   *
   * @param most how many differences of a kind are named
   */
  public static PoolDifference of(ExperiencePool a, ExperiencePool b, int most) {
    try (Stream<Experience> allOfA = a.experiences();
        Stream<Experience> allOfB = b.experiences()) {
      Part experiences =
          part(
              allOfA.<PoolEntry>map(PoolEntry.ExperienceEntry::new).iterator(),
              allOfB.<PoolEntry>map(PoolEntry.ExperienceEntry::new).iterator(),
              id -> a.experience(id).map(PoolEntry.ExperienceEntry::new),
              id -> b.experience(id).map(PoolEntry.ExperienceEntry::new),
              most);
      Map<String, PoolEntry> lessonsOfA = lessons(a);
      Map<String, PoolEntry> lessonsOfB = lessons(b);
      Part lessons =
          part(
              lessonsOfA.values().iterator(),
              lessonsOfB.values().iterator(),
              id -> Optional.ofNullable(lessonsOfA.get(id)),
              id -> Optional.ofNullable(lessonsOfB.get(id)),
              most);
      return new PoolDifference(experiences, lessons);
    }
  }

  private static Map<String, PoolEntry> lessons(ExperiencePool pool) {
    Map<String, PoolEntry> lessons = new LinkedHashMap<>();
    for (StoredLesson lesson : pool.lessons()) {
      lessons.put(lesson.lesson().id(), new PoolEntry.LessonEntry(lesson));
    }
    return lessons;
  }

  private static Part part(
      Iterator<PoolEntry> a,
      Iterator<PoolEntry> b,
      Function<String, Optional<? extends PoolEntry>> findInA,
      Function<String, Optional<? extends PoolEntry>> findInB,
      int most) {
    long same = 0;
    Found onlyA = new Found(most);
    Found onlyB = new Found(most);
    Found changed = new Found(most);
    while (a.hasNext()) {
      PoolEntry mine = a.next();
      @Nullable PoolEntry other = findInB.apply(mine.id()).orElse(null);
      if (other == null) {
        onlyA.add(mine.id());
      } else if (other.equals(mine)) {
        same++;
      } else {
        changed.add("%s (%s)".formatted(mine.id(), String.join(", ", changes(mine, other))));
      }
    }
    while (b.hasNext()) {
      PoolEntry other = b.next();
      if (findInA.apply(other.id()).isEmpty()) {
        onlyB.add(other.id());
      }
    }
    return new Part(same, onlyA, onlyB, changed);
  }

  /** The keys whose values differ. */
  private static List<String> changes(PoolEntry a, PoolEntry b) {
    Map<String, Object> other = b.document();
    return a.document().entrySet().stream()
        .filter(e -> !Objects.equals(e.getValue(), other.get(e.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
