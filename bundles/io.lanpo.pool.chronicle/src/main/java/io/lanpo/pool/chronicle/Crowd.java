package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.Experience;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one problem that ended alike, oldest first.
 *
 * <p>This is what "useful" means for an experience: a pool serves by the variety of what it
 * remembers, so an attempt is worth less the more there are like it. First of all goes what can be
 * shown to nobody, because it was cut off or has no verdict; then the oldest of the largest crowd,
 * whose loss is felt least. When all crowds are of one attempt, that is the oldest of all. So every
 * problem keeps a success and a failure as long as there is room for them.
 *
 * <p>A linked list through its entries: they leave from the middle too, and a million boxed numbers
 * would be heavier than the entries.
 */
final class Crowd {
  /** How an attempt ended. */
  enum End {
    RIGHT,
    WRONG,
    UNUSABLE;

    static End of(Experience e) {
      if (!e.finished() || e.outcome().kind() != Experience.Outcome.Kind.SCORED) {
        return UNUSABLE;
      }
      return e.outcome().accepted() ? RIGHT : WRONG;
    }
  }

  /** The crowd whose oldest attempt goes first comes first. Crowds must not be empty. */
  static final Comparator<Crowd> DISPENSABLE_FIRST =
      Comparator.comparing((Crowd c) -> c.end != End.UNUSABLE)
          .thenComparing(Comparator.comparingInt(Crowd::size).reversed())
          .thenComparingLong(c -> c.oldest().number());

  private final End end;
  private @Nullable ExperienceEntry first;
  private @Nullable ExperienceEntry last;
  private int size;

  Crowd(End end) {
    this.end = end;
  }

  int size() {
    return size;
  }

  /** Only for a crowd that is not empty. */
  ExperienceEntry oldest() {
    return Objects.requireNonNull(first);
  }

  @Nullable ExperienceEntry first() {
    return first;
  }

  /** Adds an entry that is younger than all here. */
  void append(ExperienceEntry entry) {
    entry.before = last;
    if (last == null) {
      first = entry;
    } else {
      last.after = entry;
    }
    last = entry;
    size++;
  }

  void remove(ExperienceEntry entry) {
    if (entry.before == null) {
      first = entry.after;
    } else {
      entry.before.after = entry.after;
    }
    if (entry.after == null) {
      last = entry.before;
    } else {
      entry.after.before = entry.before;
    }
    size--;
  }
}
