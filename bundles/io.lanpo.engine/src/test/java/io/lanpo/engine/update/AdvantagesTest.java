package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanpo.engine.config.LossSettings.Advantage;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final double[] REWARDS = {1, 0, 0, 1, 0};

  @Test
  void grpoDividesByTheSampleDeviation() {
    double deviation = Math.sqrt((2 * 0.36 + 3 * 0.16) / 4) + 1e-4;
    double up = 0.6 / deviation;
    double down = -0.4 / deviation;
    assertArrayEquals(
        new double[] {up, down, down, up, down}, Advantages.of(Advantage.GRPO, 1, REWARDS), 1e-12);
  }

  @Test
  void drGrpoOnlyCentres() {
    assertArrayEquals(
        new double[] {0.6, -0.4, -0.4, 0.6, -0.4},
        Advantages.of(Advantage.DR_GRPO, 1, REWARDS),
        1e-12);
  }

  @Test
  void rlooComparesWithTheOthers() {
    // A rewarded one: the others have mean 1/4. A failed one: the others have mean 2/4.
    assertArrayEquals(
        new double[] {0.75, -0.5, -0.5, 0.75, -0.5},
        Advantages.of(Advantage.RLOO, 1, REWARDS),
        1e-12);
  }

  @Test
  void negativeAdvantagesCanBeWeighted() {
    assertArrayEquals(
        new double[] {0.6, -0.1, -0.1, 0.6, -0.1},
        Advantages.of(Advantage.DR_GRPO, 0.25, REWARDS),
        1e-12);
  }

  @Test
  void aGroupWithoutVarianceTeachesNothing() {
    for (Advantage estimator : Advantage.values()) {
      assertArrayEquals(new double[3], Advantages.of(estimator, 1, new double[] {0.3, 0.3, 0.3}));
      assertArrayEquals(new double[1], Advantages.of(estimator, 1, new double[] {1}));
      assertArrayEquals(new double[0], Advantages.of(estimator, 1, new double[0]));
    }
  }
}
