package io.lanpo.pool.chronicle.index;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Things in the order in which they are evicted, if usefulness decides that; otherwise nothing is
 * kept here. Not thread-safe.
 *
 * @param <T> what is ranked; things without members have no place
 */
final class EvictionOrder<T> {
  private final boolean kept;
  private final TreeSet<T> order;
  private final Predicate<T> occupied;

  /**
   * @param order the first is evicted first; consistent with identity among things that have
   *     members
   * @param occupied whether a thing has members
   */
  EvictionOrder(Eviction eviction, Comparator<T> order, Predicate<T> occupied) {
    this.kept = eviction == Eviction.LEAST_USEFUL;
    this.order = new TreeSet<>(order);
    this.occupied = occupied;
  }

  /** The thing that is evicted first; only when there is one and usefulness decides. */
  T first() {
    return order.first();
  }

  /** Changes a thing, which is out of the order meanwhile. */
  void change(T thing, Runnable change) {
    if (kept && occupied.test(thing)) {
      order.remove(thing);
    }
    change.run();
    if (kept && occupied.test(thing)) {
      order.add(thing);
    }
  }
}
