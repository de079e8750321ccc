package io.lanpo.experiment.run;

import java.lang.management.ManagementFactory;
import java.util.Collection;

/**
 * How much memory runs may take together. What a run takes is its own estimate, which it writes
 * when it begins, or the peak of a run that is finished; a run that has neither takes as much as
 * the largest that is known.
 *
 * @param bytes the budget
 */
record MemoryBudget(long bytes) {
  /**
   * A budget.
   *
   * @param asked in bytes; 0 for three quarters of the machine's memory
   */
  static MemoryBudget of(long asked) {
    return new MemoryBudget(asked > 0 ? asked : machine() / 4 * 3);
  }

  /**
   * Whether one more run fits beside others.
   *
   * @param running what those under way take, in bytes each; 0 for one that is not known yet
   * @param next what the next one takes; 0 when nothing is known
   */
  boolean admits(Collection<Long> running, long next) {
    if (running.isEmpty()) {
      return true;
    }
    if (next == 0 || running.contains(0L)) {
      return false;
    }
    return running.stream().mapToLong(Long::longValue).sum() + next <= bytes;
  }

  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
