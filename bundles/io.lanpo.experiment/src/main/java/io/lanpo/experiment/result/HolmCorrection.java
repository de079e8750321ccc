package io.lanpo.experiment.result;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correction of Holm for several tests (Scandinavian Journal of Statistics 6, 1979): the k-th
 * smallest of m values is multiplied by m − k + 1, and none gets smaller than the one before it.
 * Valid for any dependence between the tests.
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /**
   * Corrects a family.
   *
   * @param p values; one that is NaN is no member of the family
   * @return corrected, in the same order
   */
  public static double[] correct(double[] p) {
    List<Integer> order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toList();
    double[] corrected = new double[p.length];
    Arrays.fill(corrected, Double.NaN);
    double least = 0;
    for (int k = 0; k < order.size(); k++) {
      int i = order.get(k);
      least = Math.max(least, Math.min(1, p[i] * (order.size() - k)));
      corrected[i] = least;
    }
    return corrected;
  }
}
