package io.lanpo.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Schedule;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulesTest {
  /** The schedules. */
  private enum Shape {
    CONSTANT,
    LINEAR,
    COSINE
  }

  private static double share(Shape shape, int warmup, double finalRate, int step, int steps) {
    Schedule schedule =
        switch (shape) {
          case CONSTANT -> new ConstantSchedule();
          case LINEAR -> new LinearSchedule();
          case COSINE -> new CosineSchedule();
        };
    Map<String, String> values = new HashMap<>(Map.of("warmup", Integer.toString(warmup)));
    if (shape != Shape.CONSTANT) {
      values.put("final-rate", Double.toString(finalRate));
    }
    return schedule.open(Settings.of("test", schedule.settings(), values)).share(step, steps);
  }

  /** The values of transformers' get_…_schedule_with_warmup, whose steps count from 0. */
  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 0, 1, 1",
    "CONSTANT, 0, 10, 1",
    "CONSTANT, 4, 5, 1",
    "LINEAR, 0, 1, 1",
    "LINEAR, 0, 6, 0.5",
    "LINEAR, 0, 10, 0.1",
    "LINEAR, 2, 7, 0.5",
    "COSINE, 0, 1, 1",
    "COSINE, 0, 6, 0.5",
    "COSINE, 2, 5, 0.853553390593274",
    "COSINE, 2, 7, 0.5"
  })
  void afterTheWarmupSchedulesAreThoseOfTheField(Shape shape, int warmup, int step, double share) {
    assertEquals(share, share(shape, warmup, 0, step, 10), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void aWarmupRisesToThePeakFromAboveZero(Shape shape) {
    assertEquals(0.25, share(shape, 4, 0, 1, 10), 1e-12);
    assertEquals(0.75, share(shape, 4, 0, 3, 10), 1e-12);
    assertEquals(1, share(shape, 4, 0, 4, 10), 1e-12);
    assertEquals(1, share(shape, 4, 0, 5, 10), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"LINEAR", "COSINE"})
  void aScheduleFallsToItsFinalRateAndNotBelow(Shape shape) {
    double before = 1;
    for (int step = 2; step <= 1000; step++) {
      double now = share(shape, 0, 0.2, step, 1000);
      assertTrue(now < before && now > 0.2, () -> Double.toString(now));
      before = now;
    }
    assertEquals(0.2, before, 1e-3);
  }

  @Test
  void aRunShorterThanItsWarmupDoesNotReachThePeak() {
    assertEquals(0.5, share(Shape.COSINE, 6, 0, 3, 3), 1e-12);
  }
}
