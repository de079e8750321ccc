package io.lanpo.policy.djl.network;

import java.util.stream.IntStream;

/** What oneDNN can do in int8 on this machine. */
public final class IntegerPrecision {
  /** A product as the decoder's, of the greatest numbers there are. */
  private static final String PRODUCT =
      """
        def product(self, x: Tensor) -> Tensor:
          one = torch.ones_like(x[0])
          w = ops.onednn.qlinear_prepack(torch.mul(x, 127).to(1), None)
          return ops.onednn.qlinear_pointwise(torch.mul(x, 255).to(0), 1., 0, w, one, torch.zeros_like(one[0:1]).to(3), torch.zeros_like(one), 1., 0, 6, "none", annotate(List[Optional[number]], []), "")
      """;

  private static final int SIZE = 64;
  private static final float EXPECTED = 127f * 255 * SIZE;

  private IntegerPrecision() {}

  /**
   * Whether oneDNN multiplies in int8 here and its sums are exact. Processors without instructions
   * for it (VNNI, AMX) add up pairs of products in 16 bits, which are too few.
   */
  public static boolean byOneDnn() {
    float[] sums = OneDnnTrial.of(PRODUCT, SIZE);
    return sums.length > 0 && IntStream.range(0, sums.length).allMatch(i -> sums[i] == EXPECTED);
  }
}
