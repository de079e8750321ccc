package io.lanpo.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.engine.fixture.Problems;
import org.junit.jupiter.api.Test;

class SamplingSettingsTest {
  @Test
  void whatCutsTheDistributionIsNamed() {
    assertEquals("", Problems.settings().sampling().cut());
    assertEquals(
        "sampling.top-k = 20, sampling.top-p = 0.95, sampling.min-p = 0.05",
        Problems.settings(
                "sampling.top-k", "20", "sampling.top-p", "0.95", "sampling.min-p", "0.05")
            .sampling()
            .cut());
  }
}
