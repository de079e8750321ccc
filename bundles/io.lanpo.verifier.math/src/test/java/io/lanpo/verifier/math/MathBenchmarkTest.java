package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MathBenchmarkTest {
  @Test
  void measuresRateAndLatency() {
    MathBenchmark benchmark = new MathBenchmark();
    Settings settings =
        Settings.of(
            "test",
            benchmark.settings(),
            Map.of(MathBenchmark.REPETITIONS, "2", MathBenchmark.THREADS, "1"));
    List<Long> steps = new ArrayList<>();
    List<Benchmark.Figure> figures =
        benchmark.run(settings, progress -> steps.add(progress.done()));
    assertEquals(
        List.of("mathematics", "mathematics, one case"),
        figures.stream().map(Benchmark.Figure::name).toList());
    assertEquals(2, steps.size());
    double p99 = figures.get(1).details().get("p99");
    assertTrue(figures.get(0).value() > 0);
    assertTrue(p99 >= figures.get(1).value() && p99 <= figures.get(1).details().get("max"));
  }
}
