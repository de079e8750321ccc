package io.lanpo.engine.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
  private final HealthMonitor monitor = new HealthMonitor(Lines.run());
  private int step;

  /** What comes up with further steps; {@code changes} as in {@link Lines#line}. */
  private List<String> take(int steps, Object... changes) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      step++;
      monitor.add(Lines.line(step, changes)).forEach(f -> kinds.add(step + " " + f.kind()));
    }
    return kinds;
  }

  private RunHealth health(RunState state) {
    return monitor.asOf(state).orElseThrow();
  }

  @Test
  void aRunWithoutStepsHasLearnedNothing() {
    assertTrue(monitor.asOf(RunState.RUNNING).isEmpty());
    assertEquals(new RunHealth(false, List.of()), health(RunState.FINISHED));
  }

  @Test
  void aFindingIsToldOnceAndAgainWhenItComesBack() {
    assertEquals(List.of("5 clipped"), take(12, "clippedShare", 1.0));
    assertEquals(List.of(), take(5));
    assertEquals(List.of(), health(RunState.RUNNING).findings());
    assertEquals(List.of("22 clipped"), take(8, "clippedShare", 1.0));
    assertEquals("clipped", health(RunState.RUNNING).findings().get(0).kind());
  }

  @Test
  void whatAnUnluckyStepShowsIsNoFinding() {
    take(5);
    assertEquals(List.of(), take(1, "clippedShare", 1.0, "truncated.scratch", 1.0));
  }

  @Test
  void aRunOfFewStepsIsLookedAtAtItsEnd() {
    assertEquals(List.of(), take(2, "learningRate", 0.0));
    assertEquals(List.of(), health(RunState.RUNNING).findings());
    RunHealth atEnd = health(RunState.STOPPED);
    assertEquals(
        List.of("learning-rate-zero"), atEnd.findings().stream().map(Finding::kind).toList());
    assertFalse(atEnd.learned());
  }

  @Test
  void demonstrationsAloneAreNoLearning() {
    take(3, "loss.policy-gradient", null, "loss.replay", 0.1);
    assertFalse(health(RunState.RUNNING).learned());
    take(1, "learningRate", 0.0);
    assertFalse(health(RunState.RUNNING).learned());
    take(1);
    assertTrue(health(RunState.RUNNING).learned());
    take(20, "updates", 0, "loss.policy-gradient", null);
    assertTrue(health(RunState.RUNNING).learned(), "what was learned stays");
  }

  @Test
  void whatGrowsIsComparedWithTheFirstSteps() {
    take(5);
    assertEquals(List.of("10 log-prob-gap"), take(5, "logProbGap", 0.5));
  }
}
