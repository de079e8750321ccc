package io.lanpo.policy.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyBenchmarkTest {
  @Test
  void measuresProductsDecodingAndTraining() {
    PolicyBenchmark benchmark = new PolicyBenchmark();
    Settings settings = Settings.of("test", benchmark.settings(), Map.of("repetitions", "1"));
    List<Long> turns = new ArrayList<>();
    List<Benchmark.Figure> figures = benchmark.run(settings, p -> turns.add(p.done()));
    assertEquals(List.of(1L), turns);
    assertEquals(2, figures.stream().filter(f -> f.unit().equals("GFLOP/s")).count());
    List<Benchmark.Figure> rates =
        figures.stream().filter(f -> f.unit().equals("tokens/CPU-s")).toList();
    assertEquals(8, rates.size());
    double ceiling = figures.get(0).value();
    for (Benchmark.Figure rate : rates) {
      assertTrue(rate.value() > 0);
      assertEquals(rate.value() / ceiling, rate.details().get("relative"), 1e-9);
    }
  }
}
