package io.lanpo.tasks.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WellRandomTest {
  @Test
  void aStreamIsFixedBySeedAndName() {
    assertEquals(first(1, "a"), first(1, "a"));
    assertNotEquals(first(1, "a"), first(2, "a"));
    assertNotEquals(first(1, "a"), first(1, "b"));
    assertNotEquals(first(1, "a"), first(1L << 32 | 1, "a"), "the upper half of the seed counts");
  }

  private static List<Long> first(long seed, String stream) {
    WellRandom random = new WellRandom(seed, stream);
    return List.of(random.nextLong(), random.nextLong());
  }

  @Test
  void shufflesEveryOrderAboutEquallyOften() {
    WellRandom random = new WellRandom(1, "shuffle");
    int[] count = new int[3];
    for (int i = 0; i < 3000; i++) {
      List<Integer> list = new ArrayList<>(List.of(0, 1, 2));
      random.shuffle(list);
      count[list.get(0)]++;
    }
    assertTrue(IntStream.of(count).allMatch(c -> c > 850 && c < 1150));
  }
}
