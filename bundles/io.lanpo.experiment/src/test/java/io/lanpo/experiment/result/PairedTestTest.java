package io.lanpo.experiment.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

final class PairedTestTest {
  /**
   * Depression scores of nine patients before and after a therapy: Hollander and Wolfe,
   * Nonparametric Statistical Methods (1973), p. 29. R's {@code wilcox.test(x, y, paired = TRUE)}
   * gives V = 40 and p = 0.0390625.
   */
  private static final double[] BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

  private static final double[] AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

  /**
   * Student's own data, the additional hours of sleep of ten patients with two drugs (Biometrika 6,
   * 1908): t = 4.0621 with 9 degrees of freedom, p = 0.002833.
   */
  private static final double[] FIRST_DRUG = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2.0};

  private static final double[] SECOND_DRUG = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  @Test
  void wilcoxonOfAPublishedExample() {
    PairedTest test = PairedTest.of(BEFORE, AFTER);
    assertEquals(0.0390625, test.wilcoxon(), 1e-12);
    assertEquals(7, test.ahead());
    assertEquals(9, test.pairs());
  }

  @Test
  void studentsOwnExample() {
    PairedTest test = PairedTest.of(SECOND_DRUG, FIRST_DRUG);
    assertEquals(0.002833, test.t(), 5e-7);
    assertEquals(1.58, test.difference(), 1e-12);
    assertEquals(9, test.ahead());
  }

  /**
   * The same data have a zero and two equal sizes (1.3 twice). By hand: nine differences of one
   * sign, so 2 / 2^9.
   */
  @Test
  void zerosAreLeftOut() {
    assertEquals(2.0 / 512, PairedTest.of(SECOND_DRUG, FIRST_DRUG).wilcoxon(), 1e-15);
    assertEquals(1, PairedTest.wilcoxon(new double[] {0, 0, 0}));
  }

  /** With five pairs on one side nothing less than 2 / 32 is possible, however large they are. */
  @Test
  void fewPairs() {
    assertEquals(0.0625, PairedTest.wilcoxon(new double[] {5, 6, 7, 8, 9}), 1e-15);
    // sums of ranks 14 and 1: 2 of 32 assignments reach 14 or more, so do 2 the other side
    assertEquals(0.125, PairedTest.wilcoxon(new double[] {-1, 2, 3, 4, 5}), 1e-15);
    assertEquals(1, PairedTest.wilcoxon(new double[] {3}), 1e-15);
    assertEquals(1, PairedTest.wilcoxon(new double[] {1, 2, -3}), 1e-15);
    assertEquals(Double.NaN, PairedTest.wilcoxon(new double[0]));
  }

  /**
   * Ties by hand: sizes 1, 1, 1, 2 have ranks 2, 2, 2, 4; the sum of 8 for the positive ones is
   * reached by 2+2+4 (three times) and by 2+2+2+4: 4 of 16.
   */
  @Test
  void equalSizesGetTheirMeanRank() {
    assertEquals(0.5, PairedTest.wilcoxon(new double[] {1, -1, 1, 2}), 1e-15);
  }

  /** For distinct sizes Commons Math has the exact test. */
  @Test
  void agreesWithCommonsMathWhereThatIsExact() {
    Random random = new Random(5);
    for (int n = 2; n <= 12; n++) {
      double[] x = random.doubles(n).toArray();
      double[] y = random.doubles(n).map(v -> v - 0.2).toArray();
      double[] differences = new double[n];
      for (int i = 0; i < n; i++) {
        differences[i] = x[i] - y[i];
      }
      double expected =
          Math.min(1, new WilcoxonSignedRankTest().wilcoxonSignedRankTest(x, y, true));
      assertEquals(expected, PairedTest.wilcoxon(differences), 1e-12, "n = " + n);
    }
  }

  @Test
  void whatCannotBeTested() {
    double[] one = {0.5};
    assertEquals(Double.NaN, PairedTest.of(one, one).t());
    assertEquals(1, PairedTest.of(AFTER, AFTER).t());
    assertEquals(Double.NaN, PairedTest.of(new double[] {1, 2}, new double[] {0, 1}).t());
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(one, AFTER));
  }
}
