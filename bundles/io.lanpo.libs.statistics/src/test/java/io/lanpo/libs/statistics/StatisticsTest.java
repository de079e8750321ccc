package io.lanpo.libs.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

/** Against closed forms, against counting by hand, and against what the theory promises. */
class StatisticsTest {
  @Test
  void passAtKIsTheClosedForm() {
    for (int n = 1; n <= 30; n++) {
      for (int c = 0; c <= n; c++) {
        for (int k = 1; k <= n; k++) {
          double none =
              n - c < k
                  ? 0
                  : CombinatoricsUtils.binomialCoefficientDouble(n - c, k)
                      / CombinatoricsUtils.binomialCoefficientDouble(n, k);
          assertEquals(1 - none, PassAtK.of(n, c, k), 1e-12, n + " " + c + " " + k);
        }
      }
    }
  }

  /** Every choice of 3 of 7 samples is looked at, of which the first 2 are right. */
  @Test
  void passAtKIsTheShareOfAllChoices() {
    long choices = 0;
    long passing = 0;
    for (int set = 0; set < 1 << 7; set++) {
      if (Integer.bitCount(set) == 3) {
        choices++;
        passing += (set & 0b11) != 0 ? 1 : 0;
      }
    }
    assertEquals((double) passing / choices, PassAtK.of(7, 2, 3), 1e-15);
  }

  @Test
  void passAtKOfManySamplesDoesNotOverflow() {
    assertEquals(0.5, PassAtK.of(200_000, 1, 100_000), 1e-12);
    assertEquals(0, PassAtK.of(4096, 0, 4096));
    assertThrows(IllegalArgumentException.class, () -> PassAtK.of(4, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> PassAtK.of(4, 5, 1));
  }

  @Test
  void theMajorityDecidesAndTiesGoByLot() {
    assertEquals(1, Majority.of(List.of(right("5"), wrong("4"), right("5"))));
    assertEquals(0, Majority.of(List.of(right("5"), wrong("4"), wrong("4"))));
    assertEquals(0.5, Majority.of(List.of(right("5"), wrong("4"))));
    assertEquals(1.0 / 3, Majority.of(List.of(right("5"), wrong("4"), wrong("3"))), 1e-15);
    // who has no answer does not vote, even when there are many
    Majority.Vote silent = new Majority.Vote(Optional.empty(), false);
    assertEquals(1, Majority.of(List.of(silent, silent, right("5"))));
    assertEquals(0, Majority.of(List.of(silent, silent)));
    assertEquals(0, Majority.of(List.of()));
  }

  /** The normal approximation is good for 2,000 units, so that the two must nearly agree. */
  @Test
  void theIntervalOfAMeanIsTheOneOfTheNormalApproximation() {
    Well19937c random = new Well19937c(3);
    double[][] values = new double[2000][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new double[] {random.nextDouble() < 0.3 ? 1 : 0, random.nextGaussian()};
    }
    List<Interval> found = new Bootstrap(4000, 0.95, 5).means(values, 2);
    for (int f = 0; f < 2; f++) {
      int figure = f;
      double mean = Arrays.stream(values).mapToDouble(v -> v[figure]).average().orElseThrow();
      double square =
          Arrays.stream(values).mapToDouble(v -> Math.pow(v[figure] - mean, 2)).sum() / 1999;
      double half = 1.959964 * Math.sqrt(square / 2000);
      assertEquals(mean, found.get(f).mean(), 1e-12);
      assertEquals(mean - half, found.get(f).low(), 0.06 * half);
      assertEquals(mean + half, found.get(f).high(), 0.06 * half);
    }
  }

  /** Nineteen of twenty intervals of 95 % hold the truth; few units make it somewhat fewer. */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheyPromise() {
    Well19937c random = new Well19937c(11);
    long held =
        IntStream.range(0, 400)
            .filter(
                trial -> {
                  double[][] values = new double[60][];
                  for (int i = 0; i < values.length; i++) {
                    values[i] = new double[] {random.nextDouble() < 0.4 ? 1 : 0};
                  }
                  Interval found = new Bootstrap(1000, 0.95, trial).means(values, 1).get(0);
                  return found.low() <= 0.4 && 0.4 <= found.high();
                })
            .count();
    assertTrue(held >= 365 && held <= 395, held + " of 400");
  }

  @Test
  void theSameSeedGivesTheSameBitsAndUnitsMayLackAFigure() {
    double[][] values = {{1, Double.NaN}, {0, 1}, {1, 0}, {0, Double.NaN}};
    Bootstrap bootstrap = new Bootstrap(1000, 0.9, 7);
    assertEquals(bootstrap.means(values, 2), bootstrap.means(values, 2));
    assertEquals(0.5, bootstrap.means(values, 2).get(1).mean());
    Interval one = bootstrap.means(new double[][] {{1}}, 1).get(0);
    assertEquals(new Interval(1, Double.NaN, Double.NaN), one);
    assertEquals(
        new Interval(Double.NaN, Double.NaN, Double.NaN),
        bootstrap.means(new double[][] {}, 1).get(0));
  }

  private static Majority.Vote right(String answer) {
    return new Majority.Vote(Optional.of(answer), true);
  }

  private static Majority.Vote wrong(String answer) {
    return new Majority.Vote(Optional.of(answer), false);
  }
}
