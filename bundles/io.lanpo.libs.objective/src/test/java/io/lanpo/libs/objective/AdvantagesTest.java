package io.lanpo.libs.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final double[] REWARDS = {1, 0, 0, 1, 0};

  /** A group with these rewards; what is not a number has none. */
  private static JudgedGroup group(double... rewards) {
    return new JudgedGroup(
        new Question("q", "q"),
        new Prompt.Plain("q"),
        Arrays.stream(rewards)
            .mapToObj(
                r ->
                    new JudgedCompletion(
                        FeedbackMode.SCRATCH,
                        List.of(),
                        new int[] {1},
                        new int[] {2},
                        new float[] {-1},
                        true,
                        Optional.empty(),
                        Double.isNaN(r) ? OptionalDouble.empty() : OptionalDouble.of(r),
                        r == 1,
                        new Explanation("")))
            .toList());
  }

  private static double[] of(Baseline baseline, Spread spread, double negative, double... rewards) {
    return Advantages.of(baseline, spread, negative, List.of(group(rewards))).get(0);
  }

  @Test
  void grpoDividesByTheSampleDeviation() {
    double deviation = Math.sqrt((2 * 0.36 + 3 * 0.16) / 4) + 1e-4;
    double up = 0.6 / deviation;
    double down = -0.4 / deviation;
    assertArrayEquals(
        new double[] {up, down, down, up, down},
        of(Baseline.MEAN, Spread.GROUP, 1, REWARDS),
        1e-12);
  }

  @Test
  void drGrpoOnlyCentres() {
    assertArrayEquals(
        new double[] {0.6, -0.4, -0.4, 0.6, -0.4},
        of(Baseline.MEAN, Spread.NONE, 1, REWARDS),
        1e-12);
  }

  @Test
  void rlooComparesWithTheOthers() {
    // A rewarded one: the others have mean 1/4. A failed one: the others have mean 2/4.
    assertArrayEquals(
        new double[] {0.75, -0.5, -0.5, 0.75, -0.5},
        of(Baseline.OTHERS, Spread.NONE, 1, REWARDS),
        1e-12);
  }

  @Test
  void negativeAdvantagesCanBeWeighted() {
    assertArrayEquals(
        new double[] {0.6, -0.1, -0.1, 0.6, -0.1},
        of(Baseline.MEAN, Spread.NONE, 0.25, REWARDS),
        1e-12);
  }

  @Test
  void aGroupWithoutVarianceTeachesNothing() {
    for (Baseline baseline : List.of(Baseline.MEAN, Baseline.OTHERS)) {
      for (Spread spread : Spread.values()) {
        assertArrayEquals(new double[3], of(baseline, spread, 1, 0.3, 0.3, 0.3));
        assertArrayEquals(new double[1], of(baseline, spread, 1, 1));
        assertArrayEquals(new double[0], of(baseline, spread, 1));
      }
    }
  }

  @Test
  void whatHasNoScoreHasNoAdvantageAndIsNotCompared() {
    assertArrayEquals(
        new double[] {0.5, 0, -0.5}, of(Baseline.MEAN, Spread.NONE, 1, 1, Double.NaN, 0), 1e-12);
  }

  /**
   * REINFORCE++: (r − mean of the step) / deviation of the step; a group of equal rewards teaches.
   */
  @Test
  void rewardsCanBeComparedOverTheStep() {
    List<double[]> all =
        Advantages.of(
            Baseline.BATCH, Spread.BATCH, 1, List.of(group(1, 1), group(0, 0), group(1, 0)));
    double unit = 0.5 / (Math.sqrt(6 * 0.25 / 5) + 1e-4);
    assertEquals(3, all.size());
    assertArrayEquals(new double[] {unit, unit}, all.get(0), 1e-12);
    assertArrayEquals(new double[] {-unit, -unit}, all.get(1), 1e-12);
    assertArrayEquals(new double[] {unit, -unit}, all.get(2), 1e-12);
  }
}
