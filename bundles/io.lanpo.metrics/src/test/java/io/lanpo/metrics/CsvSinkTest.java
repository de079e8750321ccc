package io.lanpo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTest {
  @TempDir Path folder;

  private Recording open(int step) {
    return new CsvSink()
        .open(new RecordedRun("r", "micro", folder, Instant.EPOCH, Map.of(), Map.of(), step));
  }

  private String file() throws Exception {
    return Files.readString(folder.resolve("metrics.csv"));
  }

  @Test
  void aRowPerStepAndAColumnPerMetricOfAnyStep() throws Exception {
    try (Recording recording = open(0)) {
      recording.step(new RecordedStep(1, 1.5e9, Map.of("reward.scratch", 0.1, "kl", 1e-7)));
      assertEquals(
          "step,at,kl,reward.scratch\r\n1,1500000000,0.0000001,0.1\r\n", file(), "at once");
      recording.step(
          new RecordedStep(
              2, 1500000001.25, Map.of("kl", 12.0, "a,\"b\"", -3.0, "reward.scratch", 1.0)));
      recording.step(new RecordedStep(3, 0, Map.of("reward.scratch", 1 / 3.0)));
    }
    assertEquals(
        """
        step,at,kl,reward.scratch,"a,""b"\""
        1,1500000000,0.0000001,0.1,
        2,1500000001.25,12,1,-3
        3,0,,0.3333333333333333,
        """
            .replace("\n", "\r\n"),
        file());
  }

  @Test
  void aRunThatGoesOnBeginsTheFileAgain() throws Exception {
    try (Recording recording = open(0)) {
      recording.step(new RecordedStep(1, 0, Map.of("kl", 1.0)));
      recording.step(new RecordedStep(2, 0, Map.of("kl", 2.0)));
    }
    Files.writeString(folder.resolve("metrics.csv"), file() + "3,0,\"cut o");
    try (Recording recording = open(1)) {
      assertEquals(0, recording.last(), "it is to be told all steps");
      recording.step(new RecordedStep(1, 0, Map.of("kl", 1.0)));
      recording.step(new RecordedStep(2, 0, Map.of("kl", 2.5)));
    }
    assertEquals("step,at,kl\r\n1,0,1\r\n2,0,2.5\r\n", file());
  }
}
