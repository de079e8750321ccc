package io.lanpo.shell.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.preview.MemoryPreview;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long GIB = 1L << 30;

  /** What is taken shrinks with each setting. */
  private static MemoryPreview estimate(Map<String, String> values) {
    long all = 20;
    all -= values.containsKey("policy.moments") ? 4 : 0;
    all -= values.containsKey("policy.gradient-checkpointing") ? 3 : 0;
    all -= values.containsKey("policy.lora.rank") ? 10 : 0;
    all -= values.containsKey("policy.batch") ? 1 : 0;
    return new MemoryPreview(
        all * GIB, Long.parseLong(values.get("has")) * GIB, List.of(), List.of());
  }

  private static MemoryPlan plan(int available) {
    return MemoryPlan.of(Map.of("has", Integer.toString(available)), MemoryPlanTest::estimate);
  }

  @Test
  void whatFitsStaysAsItIs() {
    assertEquals(List.of(), plan(24).lines());
    assertFalse(plan(24).adapted());
  }

  @Test
  void theLeastChangeThatFitsIsTakenAndSaysHowMuchItSaves() {
    MemoryPlan plan = plan(18);
    assertEquals(List.of("policy.moments"), plan.lines().stream().map(Line::key).toList());
    assertTrue(plan.lines().get(0).reason().contains("16.0 GiB"), plan.lines().toString());
    assertTrue(plan.lines().get(0).reason().contains("20.0 GiB"), plan.lines().toString());
  }

  @Test
  void adaptersLearnWhereWholeWeightsDoNotFit() {
    MemoryPlan plan = plan(9);
    assertTrue(plan.adapted(), plan.lines().toString());
    assertTrue(plan.memory().fits());
  }

  @Test
  void whatNeverFitsIsToldByTheEstimate() {
    assertFalse(plan(2).memory().fits());
  }
}
