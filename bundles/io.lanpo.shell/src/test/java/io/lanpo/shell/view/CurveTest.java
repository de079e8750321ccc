package io.lanpo.shell.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void reachesFromTheLeastToTheGreatest() {
    assertEquals("▁▃▅█  ", Curve.of(List.of(0.0, 0.25, 0.55, 1.0), 6));
  }

  @Test
  void moreValuesThanColumnsAreAveraged() {
    assertEquals("▂▄▅▇", Curve.of(IntStream.range(0, 400).mapToObj(i -> (double) i).toList(), 4));
  }

  @Test
  void oneValueAndNoneAndWhatIsNoNumber() {
    assertEquals("▁  ", Curve.of(List.of(7.0), 3));
    assertEquals("   ", Curve.of(List.of(), 3));
    assertEquals("▁█ ", Curve.of(List.of(1.0, Double.NaN, 2.0), 3));
  }
}
