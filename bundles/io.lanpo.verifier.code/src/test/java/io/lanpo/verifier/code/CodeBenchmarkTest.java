package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeBenchmarkTest {
  @Test
  void measuresSamplesAndStarts() {
    Verifiers.orSkip(Map.of()).close();
    CodeBenchmark benchmark = new CodeBenchmark(Verifiers.config(Map.of()), Map.of());
    List<Figure> figures =
        benchmark.run(
            Settings.of("test", benchmark.settings(), Map.of("samples", "5")), progress -> {});
    benchmark.close();
    assertEquals(
        List.of("start of the interpreter", "code, one sample", "code, over the start"),
        figures.stream().map(Figure::name).toList());
    assertTrue(figures.get(1).value() > figures.get(0).value(), figures.toString());
    assertEquals(figures.get(1).value() - figures.get(0).value(), figures.get(2).value(), 1e-9);
  }
}
