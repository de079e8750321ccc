package io.lanpo.libs.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Loss.KlEstimator;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss.Outcome;
import io.lanpo.api.policy.TrainingExample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sequence ratio with a penalty, on three tokens whose distances from the reference are known.
 */
class PenalisedLossTest {
  private static final double SCALE = 0.25;
  private static final SequenceRatio RATIO = new SequenceRatio(0.1, 0.2);

  private static TrainingExample example(double advantage) {
    return Item.sampled(
            new Sequence(new int[] {1}, new int[] {3, 4, 2}),
            advantage,
            new float[] {-1, -2, -0.5f})
        .withReference(new float[] {-1.4f, -1.5f, -0.5f})
        .weighted(SCALE);
  }

  private static Outcome of(KlEstimator estimator, double advantage, float... now) {
    return new PenalisedLoss(RATIO, new KlPenalty(0.5, estimator))
        .of(List.of(example(advantage)), List.of(now))
        .get(0);
  }

  /** r is −0.5, 0.5 and 0 at log-probabilities of −0.9, −2 and −0.5. */
  @ParameterizedTest
  @CsvSource({"K1, 0", "K2, 0.25", "K3, 0.2552519"})
  void aPenaltyIsAddedUnderTheSameWeights(KlEstimator estimator, double sum) {
    float[] now = {-0.9f, -2, -0.5f};
    Outcome alone = RATIO.of(List.of(example(2)), List.of(now)).get(0);
    Outcome with = of(estimator, 2, now);
    assertEquals(alone.loss() + SCALE * 0.5 * sum, with.loss(), 1e-6);
    assertEquals(alone.clippedHigh(), with.clippedHigh());
  }

  /** By a small step, where the ratio is clipped, too: a penalty holds there all the same. */
  @ParameterizedTest
  @EnumSource
  void slopesAreThoseOfTheWhole(KlEstimator estimator) {
    for (float last : new float[] {-0.4f, 1}) {
      float step = 1e-3f;
      double above = of(estimator, 2, -0.9f, -2.1f, last + step).loss();
      double below = of(estimator, 2, -0.9f, -2.1f, last - step).loss();
      assertEquals(
          (above - below) / (2 * step), of(estimator, 2, -0.9f, -2.1f, last).slopes()[2], 1e-3);
    }
  }

  @Test
  void theEstimateOfACompletionIsASum() {
    assertEquals(
        0.5 * 0.1,
        new KlPenalty(0.5, KlEstimator.K1).of(new float[] {-1, -2}, new float[] {-1.3f, -1.8f}),
        1e-6);
  }
}
