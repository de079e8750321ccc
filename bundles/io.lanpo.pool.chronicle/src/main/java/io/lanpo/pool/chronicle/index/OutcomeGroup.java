package io.lanpo.pool.chronicle.index;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one problem that ended alike, oldest first.
 *
 * <p>This is what "useful" means for an experience: a pool serves by the variety of what it
 * remembers, so an attempt is worth less the more there are like it. Evicted first is what can
 * never be shown, because it was cut off or has no verdict; then the oldest of the largest group,
 * whose loss matters least. When all groups are of one attempt, that is the oldest of all. So every
 * problem keeps a success and a failure as long as there is room for them.
 *
 * <p>A linked list through its entries: they leave from the middle too, and a million boxed numbers
 * would be heavier than the entries.
 */
final class OutcomeGroup {
  /** The group whose oldest attempt is evicted first comes first. Groups must not be empty. */
  static final Comparator<OutcomeGroup> EVICTED_FIRST =
      Comparator.comparing((OutcomeGroup g) -> g.outcome != AttemptOutcome.UNUSABLE)
          .thenComparing(Comparator.comparingInt(OutcomeGroup::size).reversed())
          .thenComparingLong(g -> g.oldest().number());

  private final AttemptOutcome outcome;
  private @Nullable ExperienceEntry first;
  private @Nullable ExperienceEntry last;
  private int size;

  OutcomeGroup(AttemptOutcome outcome) {
    this.outcome = outcome;
  }

  int size() {
    return size;
  }

  /** Only for a group that is not empty. */
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
