package io.lanpo.experiment.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class HolmCorrectionTest {
  /** By hand: 0.005 · 4, 0.01 · 3, then 0.03 · 2, and 0.04 · 1 which may not fall below 0.06. */
  @Test
  void byHand() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        HolmCorrection.correct(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
  }

  @Test
  void neverAboveOneAndNeverBelowTheOneBefore() {
    assertArrayEquals(
        new double[] {1, 1, 1}, HolmCorrection.correct(new double[] {0.6, 0.5, 0.4}), 1e-15);
    assertArrayEquals(new double[] {0.2}, HolmCorrection.correct(new double[] {0.2}), 0);
    assertArrayEquals(new double[0], HolmCorrection.correct(new double[0]), 0);
  }

  @Test
  void aValueThatIsNoneIsNoMember() {
    assertArrayEquals(
        new double[] {0.04, Double.NaN, 0.03},
        HolmCorrection.correct(new double[] {0.04, Double.NaN, 0.015}),
        1e-15);
  }
}
