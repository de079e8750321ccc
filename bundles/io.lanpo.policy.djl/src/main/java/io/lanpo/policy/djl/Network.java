package io.lanpo.policy.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;

/**
 * The weights of a decoder in one buffer, and the TorchScript that works on them.
 *
 * <p>Design note. A call into the script costs about 6 µs, an operation inside it 1 µs or less; the
 * same operation as an NDArray call costs 1–5 µs. Hence whole steps are single calls. Inference
 * calls ({@link #run}) make inference tensors, which must never reach a training call ({@link
 * #train}); everything that training gets is made here from Java arrays. The buffers are allocated
 * by PyTorch, which aligns them: matrix products may differ in the last bit on other alignments.
 */
final class Network implements AutoCloseable {
  /** Positions whose rotations are computed at first. */
  private static final int FIRST_ROTATIONS = 256;

  private final DecoderShape shape;
  private final WeightPlan plan;
  private final int threads;
  private final NDManager manager;
  private final PtSymbolBlock block;
  private final NDArray weights;
  private final IValue views;
  private NDArray rotations;

  /**
   * @param threads threads that libtorch may use inside one operation
   */
  Network(DecoderShape shape, Device device, int threads) {
    this.shape = shape;
    this.plan = new WeightPlan(shape);
    this.threads = threads;
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    prepareThread();
    block = load(device);
    weights = zeros();
    rotations = table(FIRST_ROTATIONS);
    try (IValue flat = value(weights)) {
      views = IValueUtils.runMethod(block, "views", flat);
    }
  }

  /** A network on a named device, see {@link Devices#named}. */
  static Network on(String device, DecoderShape shape, int threads) {
    return new Network(shape, Devices.named(device), threads);
  }

  private PtSymbolBlock load(Device device) {
    byte[] archive = ScriptArchive.of(new ScriptSource(shape, plan).methods());
    try (ByteArrayInputStream in = new ByteArrayInputStream(archive)) {
      return JniUtils.loadModule((PtNDManager) manager, in, device.isGpu(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DecoderShape shape() {
    return shape;
  }

  WeightPlan plan() {
    return plan;
  }

  /** The name of the device this runs on. */
  String device() {
    return Devices.name(manager.getDevice());
  }

  /** The flat buffer of all weights, see {@link WeightPlan}. */
  NDArray weights() {
    return weights;
  }

  /** The weights as the list that inference methods take; not to be closed by the caller. */
  IValue views() {
    return views;
  }

  /** A new buffer of zeros of the weights' length, freed with the network. */
  NDArray zeros() {
    return manager.zeros(new Shape(plan.elements()), DataType.FLOAT32);
  }

  /** A new scalar 0. */
  NDArray scalar() {
    return manager.zeros(new Shape(1), DataType.FLOAT32);
  }

  /** A manager for the arrays of one step. */
  NDManager step() {
    return manager.newSubManager();
  }

  /**
   * Settings of libtorch that belong to a thread: no gradients unless asked for, how many threads
   * an operation uses, and no optimising of scripts by profiling, which would make the first calls
   * slow. Cheap; every piece of work begins with it, as it may come on any thread.
   */
  void prepareThread() {
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
    JniUtils.setGraphExecutorOptimize(false);
  }

  /** Runs a method without gradients; the caller closes arguments and result. */
  IValue run(String method, IValue... arguments) {
    return IValueUtils.runMethod(block, method, arguments);
  }

  /**
   * Runs a method that may compute gradients.
   *
   * @param arguments arrays made from Java data or by {@link #zeros}; the result belongs to the
   *     manager of the first
   */
  NDArray train(String method, NDManager step, NDArray... arguments) {
    NDArray name = step.zeros(new Shape(1));
    name.setName("module_method:" + method);
    NDList inputs = new NDList(arguments);
    inputs.add(name);
    JniUtils.setGradMode(true);
    try {
      NDArray result = IValueUtils.forward(block, inputs, true).singletonOrThrow();
      result.attach(step);
      return result;
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /**
   * Cosines and sines of the rotations, {@code [rows, rotated / 2, 2]} with at least as many rows
   * as asked for, one for each position. Belongs to the network.
   */
  NDArray rotations(int positions) {
    if (positions > rotations.getShape().get(0)) {
      NDArray longer = table(Math.max(positions, 2 * (int) rotations.getShape().get(0)));
      rotations.close();
      rotations = longer;
    }
    return rotations;
  }

  /** Angles by position and pair, the same for every head; queries are scaled by 1/sqrt(E) too. */
  private NDArray table(int rows) {
    int pairs = shape.headWidth() / 2;
    float[] table = new float[rows * shape.rotated()];
    double scale = 1 / Math.sqrt(shape.headWidth());
    int at = 0;
    for (int position = 0; position < rows; position++) {
      for (int head = 0; head < shape.heads() + shape.kvHeads(); head++) {
        double size = head < shape.heads() ? scale : 1;
        for (int pair = 0; pair < pairs; pair++) {
          double angle = position * Math.pow(shape.ropeTheta(), -(double) pair / pairs);
          table[at++] = (float) (size * Math.cos(angle));
          table[at++] = (float) (size * Math.sin(angle));
        }
      }
    }
    return manager.create(FloatBuffer.wrap(table), new Shape(rows, shape.rotated() / 2, 2));
  }

  /** Copies values into a buffer, beginning at an element. */
  void store(NDArray buffer, int offset, float[] values) {
    try (NDManager step = step();
        IValue to = value(buffer);
        IValue at = IValue.from((long) offset);
        IValue from = value(step.create(values))) {
      run("store", to, at, from).close();
    }
  }

  /** Copies a range of a buffer out. */
  float[] load(NDArray buffer, int offset, int length) {
    try (NDManager step = step();
        IValue from = value(buffer);
        IValue at = IValue.from((long) offset);
        IValue count = IValue.from((long) length);
        IValue part = run("load", from, at, count)) {
      return array(part, step).toFloatArray();
    }
  }

  /** Sets a buffer to zeros. */
  void clear(NDArray buffer) {
    try (IValue array = value(buffer)) {
      run("clear", array).close();
    }
  }

  /** An array as an argument. */
  static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /** A result as an array of a manager. */
  static NDArray array(IValue value, NDManager manager) {
    return value.toTensor((PtNDManager) manager);
  }

  @Override
  public void close() {
    views.close();
    block.close();
    manager.close();
  }
}
