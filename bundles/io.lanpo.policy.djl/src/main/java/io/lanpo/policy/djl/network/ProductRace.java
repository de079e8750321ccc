package io.lanpo.policy.djl.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Times the products of a decoder on this machine's processor, in f32 against bf16: those of one
 * block and of the head, as generating and updating have them, with matrices of random numbers. It
 * takes about a second.
 *
 * <p>Of each matrix only some rows are there: more of them take longer, but not longer each.
 * Precisions take turns and the best time of each counts, so that a machine that is busy with
 * something else does not decide.
 */
public final class ProductRace implements AutoCloseable {
  /** Completions that are decoded together. */
  private static final int DECODING_ROWS = 64;

  /** Tokens of one pass of an update. */
  private static final int UPDATE_ROWS = 1200;

  /** Rows of a matrix that are there at most. */
  private static final int MATRIX_ROWS = 512;

  /** Decoding's product is short: so many are timed together. */
  private static final int DECODING_PRODUCTS = 8;

  private static final int LEAST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 5;
  private static final long ENOUGH = 1_000_000_000L;

  private final DecoderShape shape;
  private final LongSupplier clock;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Side single;
  private final Side half;

  /**
   * @param threads threads within one product
   */
  public ProductRace(DecoderShape shape, int threads) {
    this.shape = shape;
    // one thread's own time does not count what others do; several have only the clock
    this.clock =
        threads == 1 && ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported()
            ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime
            : System::nanoTime;
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
    JniUtils.setGraphExecutorOptimize(false);
    this.single = new Side(block(MatmulKind.ONEDNN));
    this.half = new Side(block(MatmulKind.HALF_ONEDNN));
  }

  /**
   * A matrix of the decoder.
   *
   * @param rows as many as there are of it
   * @param weight how much it counts: how often the decoder has it, by what is missing of it here
   */
  private record Matrix(int rows, int columns, double weight) {
    static Matrix of(int rows, int columns, int count) {
      int some = Math.min(rows, MATRIX_ROWS);
      return new Matrix(some, columns, (double) count * rows / some);
    }
  }

  /** One precision. */
  private record Side(PtSymbolBlock block) {
    ScriptCall call(String method) {
      return new ScriptCall(block, method);
    }

    NDArray array(ScriptCall call, NDManager manager) {
      try (call) {
        return ScriptCall.array(call.run(), manager);
      }
    }
  }

  private PtSymbolBlock block(MatmulKind kind) {
    WeightPlan plan = new WeightPlan(shape);
    AdapterPlan none = new AdapterPlan(shape, LoraConfig.NONE);
    byte[] source =
        TorchScriptArchive.of(
            new DecoderScript(shape, plan, none, kind, true, false)
                .methods(List.of("algebra", "race")));
    try (ByteArrayInputStream in = new ByteArrayInputStream(source)) {
      return JniUtils.loadModule((PtNDManager) manager, in, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The matrices that {@link #speedup} times, in words: what an answer is good for. */
  public static String matrices(DecoderShape shape) {
    return all(shape).stream()
        .map(
            m ->
                String.format(Locale.ROOT, "%.2f times %d x %d", m.weight(), m.rows(), m.columns()))
        .collect(Collectors.joining(", "));
  }

  private static List<Matrix> all(DecoderShape shape) {
    WeightPlan plan = new WeightPlan(shape);
    List<Matrix> all = new ArrayList<>();
    plan.weights().subList(plan.firstLayer(), plan.firstLayer() + plan.layerStride()).stream()
        .filter(weight -> weight.columns() > 0)
        .forEach(w -> all.add(Matrix.of(w.rows(), w.columns(), shape.layers())));
    all.add(Matrix.of(shape.tokens(), shape.width(), 1));
    return all;
  }

  /** How many times as fast bf16 is in what a token takes that is generated and learned from. */
  public double speedup() {
    List<Matrix> matrices = all(shape);
    double[] slow = new double[2 * matrices.size()];
    double[] fast = new double[2 * matrices.size()];
    Arrays.fill(slow, Double.POSITIVE_INFINITY);
    Arrays.fill(fast, Double.POSITIVE_INFINITY);
    long begin = System.nanoTime();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && System.nanoTime() - begin > ENOUGH) {
        break;
      }
      for (int i = 0; i < matrices.size(); i++) {
        time(single, matrices.get(i), slow, 2 * i);
        time(half, matrices.get(i), fast, 2 * i);
      }
    }
    double singleTime = 0;
    double halfTime = 0;
    for (int i = 0; i < slow.length; i++) {
      singleTime += matrices.get(i / 2).weight() * slow[i];
      halfTime += matrices.get(i / 2).weight() * fast[i];
    }
    return singleTime / halfTime;
  }

  /** Puts the seconds a token takes in decoding and in an update into two places, if less. */
  private void time(Side side, Matrix matrix, double[] best, int at) {
    try (NDManager step = manager.newSubManager()) {
      NDArray like = step.zeros(new Shape(1));
      NDArray w = numbers(side, like, matrix.rows(), matrix.columns(), step);
      NDArray few = numbers(side, like, DECODING_ROWS, matrix.columns(), step);
      NDArray many = numbers(side, like, UPDATE_ROWS, matrix.columns(), step);
      NDArray gradient = side.array(side.call("zeros").add(w), step);
      try (ScriptCall forDecoding = side.call("for_decoding");
          ScriptCall forUpdate = side.call("for_update")) {
        IValue packed = forDecoding.add(w).add(DECODING_ROWS).run();
        IValue rounded = forUpdate.add(w).run();
        double decoding =
            seconds(
                () -> {
                  for (int i = 0; i < DECODING_PRODUCTS; i++) {
                    try (ScriptCall call = side.call("decode_product")) {
                      call.add(few).share(packed).run();
                    }
                  }
                });
        double update =
            seconds(
                () -> {
                  try (ScriptCall call = side.call("update_products")) {
                    call.add(many).share(rounded).add(gradient).run();
                  }
                });
        best[at] = Math.min(best[at], decoding / DECODING_PRODUCTS / DECODING_ROWS);
        best[at + 1] = Math.min(best[at + 1], update / UPDATE_ROWS);
      }
    }
  }

  private static NDArray numbers(
      Side side, NDArray like, int rows, int columns, NDManager manager) {
    return side.array(side.call("numbers").add(like).add(rows).add(columns), manager);
  }

  private double seconds(Runnable work) {
    long begin = clock.getAsLong();
    work.run();
    return (clock.getAsLong() - begin) * 1e-9;
  }

  @Override
  public void close() {
    single.block().close();
    half.block().close();
    manager.close();
  }
}
