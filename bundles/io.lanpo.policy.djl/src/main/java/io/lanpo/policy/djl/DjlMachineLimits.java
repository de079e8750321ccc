package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.bench.MachineLimits;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.ModelSizes;
import io.lanpo.policy.djl.model.Rope;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import org.osgi.service.component.annotations.Component;

/** A large matrix product, as the decoder multiplies, and a sum over much memory. */
@Component
@LanpoName("djl")
public final class DjlMachineLimits implements MachineLimits {
  private static final int SIZE = 2048;
  private static final double PRODUCT_GFLOP = 2e-9 * SIZE * SIZE * SIZE;
  private static final long READ = 1L << 26;
  private static final double READ_GIGABYTES = 1e-9 * Float.BYTES * READ;

  private static final int FEWEST = 3;
  private static final long LONG_ENOUGH = 1_500_000_000L;

  /** The least network that has the script. */
  private static final DecoderShape LEAST =
      DecoderShape.of(
          new ModelSizes(8, 8, 1, 1, 1, 8, 8, 8, 0, Rope.of(10000)),
          DecoderShape.Norm.RMS,
          1e-5,
          DecoderShape.Mlp.GATED_SILU,
          false,
          false,
          false,
          true);

  @Override
  public Limits measure(Settings settings) {
    try (Network network = PolicySettings.wholeMachine(settings, LEAST);
        NDManager step = network.step()) {
      NDArray matrix = step.ones(new Shape(SIZE, SIZE));
      double product = PRODUCT_GFLOP / best(() -> multiply(network, matrix));
      NDArray large = step.ones(new Shape(READ));
      double read = READ_GIGABYTES / best(() -> sum(large));
      return new Limits(product, read);
    }
  }

  private static void multiply(Network network, NDArray matrix) {
    try (ScriptCall call = network.call("product")) {
      call.add(matrix).add(matrix).run();
    }
  }

  /** Waits for the sum, which a GPU would give later. */
  private static void sum(NDArray large) {
    try (NDArray sum = large.sum()) {
      sum.getFloat();
    }
  }

  /** Seconds of the quickest: where other work runs, too, some are not disturbed by it. */
  private static double best(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    long started = System.nanoTime();
    for (int i = 0; i < FEWEST || System.nanoTime() - started < LONG_ENOUGH; i++) {
      long begin = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - begin) * 1e-9);
    }
    return best;
  }
}
