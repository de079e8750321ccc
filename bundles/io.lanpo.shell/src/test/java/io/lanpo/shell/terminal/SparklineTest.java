package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void reachesFromTheLeastToTheGreatest() {
    assertEquals("▁▃▅█  ", Sparkline.of(List.of(0.0, 0.25, 0.55, 1.0), 6));
  }

  @Test
  void moreValuesThanColumnsAreAveraged() {
    assertEquals(
        "▂▄▅▇", Sparkline.of(IntStream.range(0, 400).mapToObj(i -> (double) i).toList(), 4));
  }

  @Test
  void oneValueAndNoneAndWhatIsNoNumber() {
    assertEquals("▁  ", Sparkline.of(List.of(7.0), 3));
    assertEquals("   ", Sparkline.of(List.of(), 3));
    assertEquals("▁█ ", Sparkline.of(List.of(1.0, Double.NaN, 2.0), 3));
  }
}
