package io.lanpo.policy.djl.network;

/** What oneDNN can do in bf16 on this machine. */
public final class HalfPrecision {
  /** A product as the decoder's, of a matrix in oneDNN's layout. */
  private static final String PRODUCT =
      """
        def product(self, x: Tensor) -> Tensor:
          w = ops.mkldnn._reorder_linear_weight(x.to(15), 4)
          return ops.mkldnn._linear_pointwise(x.to(15), w, None, "none", annotate(List[Optional[number]], []), "").to(6)
      """;

  private static final int SIZE = 16;

  private HalfPrecision() {}

  /**
   * Whether oneDNN multiplies in bf16 here. It wants AVX-512, and a variable of the environment may
   * forbid that.
   */
  public static boolean byOneDnn() {
    return OneDnnTrial.of(PRODUCT, SIZE).length > 0;
  }
}
