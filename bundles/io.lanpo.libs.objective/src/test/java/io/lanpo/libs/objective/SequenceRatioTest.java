package io.lanpo.libs.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss.Outcome;
import io.lanpo.api.policy.TrainingExample;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceRatioTest {
  private static final SequenceRatio GSPO = new SequenceRatio(0.1, 0.2);

  private static Outcome of(double advantage, float... now) {
    TrainingExample example =
        Item.sampled(
                new Sequence(new int[] {1}, new int[] {3, 4, 2}),
                advantage,
                new float[] {-1, -2, -0.5f})
            .weighted(0.25);
    return GSPO.of(List.of(example), List.of(now)).get(0);
  }

  @Test
  void theRatioIsTheGeometricMeanOfTheTokens() {
    Outcome outcome = of(2, -0.9f, -2.1f, -0.2f);
    double ratio = Math.exp((0.1 - 0.1 + 0.3) / 3);
    assertEquals(-ratio * 2 * 0.75, outcome.loss(), 1e-6);
    // by each token's log-probability, as by a small step
    double step = 1e-3;
    double above = of(2, -0.9f, -2.1f, (float) (-0.2 + step)).loss();
    double below = of(2, -0.9f, -2.1f, (float) (-0.2 - step)).loss();
    assertEquals((above - below) / (2 * step), outcome.slopes()[2], 1e-3);
    assertEquals(outcome.slopes()[0], outcome.slopes()[2]);
  }

  @Test
  void beyondItsBoundsACompletionHasNoGradient() {
    Outcome high = of(1, 0, -1, 0);
    assertEquals(-1.2 * 0.75, high.loss(), 1e-9);
    assertArrayEquals(new float[3], high.slopes());
    assertEquals(3, high.clippedHigh());
    Outcome low = of(-1, -2, -3, -2);
    assertEquals(0.9 * 0.75, low.loss(), 1e-9);
    assertEquals(3, low.clippedLow());
    // the lesser of two: a bad completion that has become likelier still counts in full
    assertEquals(0, of(-1, 0, -1, 0).clippedHigh());
  }
}
