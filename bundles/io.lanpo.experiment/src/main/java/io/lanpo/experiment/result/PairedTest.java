package io.lanpo.experiment.result;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Two-sided tests of paired differences.
 *
 * @param pairs number of pairs
 * @param ahead pairs whose first value is the larger
 * @param difference mean of first less second
 * @param t p of Student's paired t-test; NaN with fewer than two pairs, or when all differences are
 *     the same and not zero
 * @param wilcoxon exact p of Wilcoxon's signed-rank test; NaN without pairs
 */
public record PairedTest(int pairs, int ahead, double difference, double t, double wilcoxon) {
  /** Beyond this many pairs 2^n sums are too many; a t-test is as good then. */
  private static final int MOST_PAIRS = 24;

  /** Room for rounding when sums of mean ranks are compared. */
  private static final double ROUNDING = 1e-9;

  /**
   * Tests.
   *
   * @param first {@code [pairs]}
   * @param second {@code [pairs]}
   */
  public static PairedTest of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " and " + second.length + " values");
    }
    double[] differences = new double[first.length];
    int ahead = 0;
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
      ahead += differences[i] > 0 ? 1 : 0;
    }
    return new PairedTest(
        first.length,
        ahead,
        first.length == 0 ? Double.NaN : StatUtils.mean(differences),
        t(first, second, differences),
        wilcoxon(differences));
  }

  private static double t(double[] first, double[] second, double[] differences) {
    if (first.length < 2) {
      return Double.NaN;
    }
    if (Arrays.stream(differences).allMatch(d -> d == differences[0])) {
      return differences[0] == 0 ? 1 : Double.NaN;
    }
    return new TTest().pairedTTest(first, second);
  }

  /**
   * Wilcoxon's signed-rank test by counting all assignments of signs (Wilcoxon 1945): pairs without
   * a difference are left out, equal sizes get their mean rank. Commons Math has this test for
   * distinct sizes only; it ranks zeros along with the rest and counts sums of whole ranks, and a
   * measure that reaches its ceiling gives both zeros and ties.
   */
  static double wilcoxon(double[] differences) {
    double[] sized = Arrays.stream(differences).filter(d -> d != 0).toArray();
    int n = sized.length;
    if (differences.length == 0 || n > MOST_PAIRS) {
      return Double.NaN;
    }
    if (n == 0) {
      return 1;
    }
    double[] ranks =
        new NaturalRanking(TiesStrategy.AVERAGE)
            .rank(Arrays.stream(sized).map(Math::abs).toArray());
    double seen = 0;
    double all = 0;
    for (int i = 0; i < n; i++) {
      all += ranks[i];
      seen += sized[i] > 0 ? ranks[i] : 0;
    }
    double extreme = Math.max(seen, all - seen);
    long asExtreme = 0;
    for (long signs = 0; signs < 1L << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      asExtreme += sum >= extreme - ROUNDING ? 1 : 0;
    }
    return Math.min(1, 2.0 * asExtreme / (1L << n));
  }
}
