package io.lanpo.policy.djl.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a decoder in one buffer, and the TorchScript that works on them.
 *
 * <p>Design note. A call into the script costs about 6 µs and an operation inside it about 1 µs;
 * the same operation as an NDArray call costs up to 5 µs. Hence whole steps are single calls, all
 * of them in PyTorch's inference mode: gradients are computed by the script itself. Buffers are
 * allocated by PyTorch, which aligns them, and not from Java memory: matrix products may differ in
 * the last bit on other alignments.
 */
public final class Network implements AutoCloseable {
  /** Positions whose rotations are computed at first. */
  private static final int FIRST_ROTATIONS = 256;

  /** Numbers of the rotations that are computed at a time: 4 MB. */
  private static final int ROTATIONS = 1 << 20;

  private final DecoderShape shape;
  private final WeightPlan plan;
  private final AdapterPlan adapterPlan;
  private final int threads;
  private final MatmulKind matmul;
  private final NDManager manager;
  private final PtSymbolBlock block;
  private final NDArray weights;
  private final @Nullable NDArray adapters;
  private final IValue views;
  private final MemoryProfile profile;
  private final boolean int8;
  private final DecodingMatrices matrices;
  private final Operands operands;
  private NDArray rotations;

  /**
   * @param threads threads that libtorch may use inside one operation
   */
  public Network(DecoderShape shape, Device device, int threads) {
    this(
        shape,
        LoraConfig.NONE,
        device,
        threads,
        Multiplication.single(device),
        MemoryProfile.of(new WeightPlan(shape)),
        false);
  }

  /**
   * @param lora adapters; with them the weights are frozen
   * @param matmul how matrices are multiplied
   * @param profile what is done to take less memory
   * @param int8 whether it can decode in int8, too, see {@link IntegerPrecision}
   */
  public Network(
      DecoderShape shape,
      LoraConfig lora,
      Device device,
      int threads,
      MatmulKind matmul,
      MemoryProfile profile,
      boolean int8) {
    this.shape = shape;
    this.plan = new WeightPlan(shape);
    this.adapterPlan = new AdapterPlan(shape, lora);
    this.threads = threads;
    this.matmul = matmul;
    this.profile = profile;
    this.int8 = int8;
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    prepareThread();
    block =
        load(
            new DecoderScript(shape, plan, adapterPlan, matmul, profile.recomputeAttention(), int8)
                .methods());
    weights = zeros(plan.elements());
    adapters = lora.enabled() ? zeros(adapterPlan.elements()) : null;
    rotations = table(FIRST_ROTATIONS);
    views = views(trainable());
    matrices =
        new DecodingMatrices(
            this::call, views, matmul.half() ? 1 : MatrixPacking.minRows(plan, lora));
    operands = new Operands(block, views, matmul.half());
  }

  /**
   * A network for a policy.
   *
   * <p>oneDNN writes machine code for each new number of rows. That is nothing beside the products
   * of a large model, but more than those of a small one, whose batches have other sizes in each
   * step.
   *
   * @param half whether matrices are multiplied in bf16
   * @param int8 whether it can decode in int8, too
   */
  public static Network create(
      Device device, DecoderShape shape, LoraConfig lora, int threads, boolean half, boolean int8) {
    WeightPlan plan = new WeightPlan(shape);
    MatmulKind single = plan.large() ? Multiplication.single(device) : MatmulKind.SINGLE;
    return new Network(
        shape,
        lora,
        device,
        threads,
        half ? Multiplication.half(device) : single,
        MemoryProfile.of(plan),
        int8);
  }

  private PtSymbolBlock load(String source) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(TorchScriptArchive.of(source))) {
      return JniUtils.loadModule((PtNDManager) manager, in, manager.getDevice().isGpu(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the decoder looks like. */
  public DecoderShape shape() {
    return shape;
  }

  /** Where each weight is in {@link #weights}. */
  public WeightPlan plan() {
    return plan;
  }

  /** What is done to take less memory. */
  public MemoryProfile profile() {
    return profile;
  }

  /** Whether it can decode in int8, too. */
  public boolean int8() {
    return int8;
  }

  /**
   * Whether all sequences had better be decoded in one batch, whose operations have the threads of
   * all workers: where products are so fast that reading the weights takes the time, one reader
   * needs half of what two need.
   */
  public boolean decodesTogether() {
    return profile.oneBatch() && matmul == MatmulKind.HALF_AMX;
  }

  /** The name of the device this runs on. */
  public String device() {
    return Devices.name(manager.getDevice());
  }

  /** The flat buffer of all weights, see {@link WeightPlan}; see {@link #weightsChanged} too. */
  public NDArray weights() {
    return weights;
  }

  /**
   * The weights as the list that methods compute with, in half precision with rounded matrices; not
   * to be closed by the caller, and good until {@link #weightsChanged}.
   */
  public IValue operands() {
    return operands.all();
  }

  /** The same as if the adapters, which there must be, added nothing. */
  public IValue unadaptedOperands() {
    return operands.unadapted();
  }

  /** The factors of the adapters, laid out as {@link #adapterPlan} says; null without any. */
  public @Nullable NDArray adapters() {
    return adapters;
  }

  /** Where each factor is in {@link #adapters}; without any it is empty. */
  public AdapterPlan adapterPlan() {
    return adapterPlan;
  }

  /** The buffer that is trained: the adapters if there are any, otherwise the weights. */
  public NDArray trainable() {
    return adapters == null ? weights : adapters;
  }

  /** The weights of {@link #trainable}. */
  public List<WeightPlan.Weight> trainableWeights() {
    return adapters == null ? plan.weights() : adapterPlan.weights();
  }

  /**
   * A flat buffer as a list of views, which the caller closes.
   *
   * @param buffer laid out like {@link #trainable}
   */
  public IValue views(NDArray buffer) {
    if (adapters == null) {
      try (ScriptCall call = call("views")) {
        return call.add(buffer).keep();
      }
    }
    try (ScriptCall call = call("adapted")) {
      return call.add(weights).add(buffer).keep();
    }
  }

  /** All weights with what the adapters add to them; the weights themselves without adapters. */
  public NDArray merged(NDManager step) {
    if (adapters == null) {
      return weights;
    }
    try (ScriptCall call = call("merged")) {
      return ScriptCall.array(call.add(weights).add(adapters).run(), step);
    }
  }

  /**
   * The matrices for decoding some rows at a time; not to be closed by the caller, and good until
   * others are asked for or {@link #weightsChanged}.
   *
   * @param int8 whether those in int8
   */
  public IValue matrices(int rows, boolean int8) {
    return int8 ? matrices.int8() : matrices.of(rows);
  }

  /** Must be called after the weights have changed: forgets what was derived from them. */
  public synchronized void weightsChanged() {
    operands.close();
    matrices.forget();
  }

  /** A new buffer of zeros laid out like {@link #trainable}, freed with the network. */
  public NDArray zeros() {
    return zeros(trainable().size());
  }

  private NDArray zeros(long length) {
    return manager.zeros(new Shape(length), DataType.FLOAT32);
  }

  /** A new scalar 0. */
  public NDArray scalar() {
    return manager.zeros(new Shape(1), DataType.FLOAT32);
  }

  /** How many arrays and managers are alive, for tests of leaks. */
  public int managed() {
    return manager.getManagedArrays().size();
  }

  /** A manager for the arrays of one step. */
  public NDManager step() {
    return manager.newSubManager();
  }

  /** Rows of logits that are computed at a time. */
  public long logitRows() {
    return Math.max(1, profile.logitFloats() / shape.vocabulary());
  }

  /**
   * Settings of libtorch that belong to a thread: no gradients, how many threads an operation uses,
   * and no optimising of scripts by profiling, which would make the first calls slow. Cheap; every
   * piece of work begins with it, as it may come on any thread.
   */
  public void prepareThread() {
    prepareThread(threads);
  }

  /** Does some work on this thread alone, its operations with the threads of all workers. */
  public void withAllThreads(int workers, Runnable work) {
    prepareThread(workers * threads);
    try {
      work.run();
    } finally {
      prepareThread();
    }
  }

  private static void prepareThread(int threads) {
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
    JniUtils.setGraphExecutorOptimize(false);
  }

  /** A call of a method of the script. */
  public ScriptCall call(String method) {
    return new ScriptCall(block, method);
  }

  /**
   * Makes sure that there are rotations for so many positions. Not to be called while other threads
   * use the network.
   */
  public void reservePositions(int positions) {
    int rows = (int) rotations.getShape().get(0);
    if (positions > rows) {
      rotations.close();
      rotations = table(Math.max(positions, 2 * rows));
    }
  }

  /**
   * Cosines and sines of the rotations, {@code [rows, rotated / 2, 2]}, a row for each position.
   */
  public NDArray rotations() {
    return rotations;
  }

  /**
   * A table of rotations, computed for some positions at a time: the whole is large where the
   * context is long.
   */
  private NDArray table(int rows) {
    int columns = shape.rotated();
    NDArray buffer = manager.zeros(new Shape((long) rows * columns), DataType.FLOAT32);
    int most = Math.max(1, ROTATIONS / columns);
    for (int from = 0; from < rows; from += most) {
      store(
          buffer,
          (long) from * columns,
          RotaryTable.values(shape, from, Math.min(most, rows - from)));
    }
    NDArray rotations = buffer.reshape(rows, columns / 2, 2);
    buffer.close();
    return rotations;
  }

  /** Copies values into a buffer, beginning at an element; see {@link #weightsChanged}. */
  public void store(NDArray buffer, long offset, float[] values) {
    try (NDManager step = step();
        ScriptCall call = call("store")) {
      call.add(buffer).add(offset).add(step.create(values)).run();
    }
  }

  /** Copies a range of a buffer out. */
  public float[] load(NDArray buffer, long offset, int length) {
    try (NDManager step = step();
        ScriptCall call = call("load")) {
      return ScriptCall.array(call.add(buffer).add(offset).add(length).run(), step).toFloatArray();
    }
  }

  /** Sets a buffer to zeros. */
  public void clear(NDArray buffer) {
    try (ScriptCall call = call("clear")) {
      call.add(buffer).run();
    }
  }

  /** Adds a buffer to another one. */
  public void add(NDArray buffer, NDArray other) {
    try (ScriptCall call = call("add")) {
      call.add(buffer).add(other).run();
    }
  }

  @Override
  public void close() {
    weightsChanged();
    matrices.close();
    views.close();
    block.close();
    manager.close();
  }
}
