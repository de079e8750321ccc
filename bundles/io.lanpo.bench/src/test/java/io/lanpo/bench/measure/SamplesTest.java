package io.lanpo.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.bench.Benchmark.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void mediansWithTheExtremes() {
    Samples samples = new Samples();
    assertTrue(samples.isEmpty());
    samples.add(9, Map.of("p99", 3.0));
    samples.add(1, Map.of("p99", 1.0));
    samples.add(2, Map.of("p99", 2.0));
    assertEquals(
        new Figure("get", 2, "1/s", Map.of("min", 1.0, "max", 9.0, "p99", 2.0, "threads", 4.0)),
        samples.figure("get", "1/s", Map.of("threads", 4.0)));
    samples.add(3, Map.of());
    assertEquals(2.5, samples.median(), "of an even number the middle between two");
  }

  @Test
  void timesOfPiecesAreThoseOfOneItem() {
    Latencies times = new Latencies();
    for (int i = 1; i <= 2000; i++) {
      times.add(4000L * i, 4);
    }
    assertEquals(
        Map.of("p50", 1000.0, "max", 2000.0),
        times.percentiles(1e3, Map.of("p50", 50.0, "max", 100.0)));
    assertEquals(8000 / (4000e-9 * 2000 * 2001 / 2), times.rate(), 1e-6);
  }
}
