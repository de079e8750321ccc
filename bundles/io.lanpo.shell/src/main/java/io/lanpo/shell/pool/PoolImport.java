package io.lanpo.shell.pool;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes entries into a pool, as far as it does not have them. */
public final class PoolImport {
  private static final int BATCH = 1000;

  private final ExperiencePool pool;
  private final Map<String, StoredLesson> lessons = new HashMap<>();
  private final Map<String, Experience> batch = new LinkedHashMap<>();
  private final List<StoredLesson> lessonBatch = new ArrayList<>();
  private Tally experienceTally = new Tally(0, 0, 0);
  private Tally lessonTally = new Tally(0, 0, 0);

  /**
   * @param pool the pool to add to
   */
  public PoolImport(ExperiencePool pool) {
    this.pool = pool;
    pool.lessons().forEach(l -> lessons.put(l.lesson().id(), l));
  }

  /**
   * What became of the entries of one type.
   *
   * @param added new ones
   * @param skipped ones whose id the pool had already
   * @param different how many of the skipped ones the pool has with another content, which it keeps
   */
  public record Tally(long added, long skipped, long different) {
    private Tally plus(Optional<?> present, Object offered) {
      return present.isEmpty()
          ? new Tally(added + 1, skipped, different)
          : new Tally(added, skipped + 1, different + (present.get().equals(offered) ? 0 : 1));
    }
  }

  /** Adds an entry; it is in the pool after {@link #finish} at the latest. */
  public void add(PoolEntry entry) {
    if (entry instanceof PoolEntry.ExperienceEntry trial) {
      Experience offered = trial.experience();
      Optional<Experience> present =
          Optional.ofNullable(batch.get(offered.id())).or(() -> pool.experience(offered.id()));
      experienceTally = experienceTally.plus(present, offered);
      if (present.isEmpty()) {
        batch.put(offered.id(), offered);
      }
    } else if (entry instanceof PoolEntry.LessonEntry noted) {
      StoredLesson offered = noted.stored();
      Optional<StoredLesson> present = Optional.ofNullable(lessons.get(noted.id()));
      lessonTally = lessonTally.plus(present, offered);
      if (present.isEmpty()) {
        lessons.put(noted.id(), offered);
        lessonBatch.add(offered);
      }
    }
    if (batch.size() + lessonBatch.size() >= BATCH) {
      finish();
    }
  }

  /** Adds what has gathered. */
  public void finish() {
    pool.add(List.copyOf(batch.values()));
    pool.addLessons(List.copyOf(lessonBatch));
    batch.clear();
    lessonBatch.clear();
  }

  /** What became of the experiences. */
  public Tally experiences() {
    return experienceTally;
  }

  /** What became of the lessons. */
  public Tally lessons() {
    return lessonTally;
  }
}
