package io.lanpo.tasks.random;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The WELL19937c generator of Commons Math as a {@link RandomGenerator}. Streams of different names
 * are independent of each other, so that one more draw in one part of a task does not change the
 * others.
 */
public final class WellRandom implements RandomGenerator {
  private final Well19937c well;

  /**
   * A stream of random numbers.
   *
   * @param seed the seed of the task
   * @param stream what the numbers are for
   */
  public WellRandom(long seed, String stream) {
    well = new Well19937c(new int[] {(int) (seed >>> 32), (int) seed, stream.hashCode()});
  }

  @Override
  public long nextLong() {
    return well.nextLong();
  }

  /** Puts a list into random order. */
  public void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, nextInt(i + 1));
    }
  }
}
