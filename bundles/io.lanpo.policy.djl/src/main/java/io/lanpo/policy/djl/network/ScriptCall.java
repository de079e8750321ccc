package io.lanpo.policy.djl.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;

/** One call of a script's method; closing it frees its arguments and its result. */
public final class ScriptCall implements AutoCloseable {
  private final PtSymbolBlock block;
  private final String method;
  private final List<IValue> arguments = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();

  ScriptCall(PtSymbolBlock block, String method) {
    this.block = block;
    this.method = method;
  }

  /** An array as an argument. */
  public static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /** A result as an array of a manager. */
  public static NDArray array(IValue value, NDManager manager) {
    return value.toTensor((PtNDManager) manager);
  }

  /** Adds an argument that the caller keeps and frees. */
  public ScriptCall share(IValue argument) {
    arguments.add(argument);
    return this;
  }

  public ScriptCall add(IValue argument) {
    owned.add(argument);
    return share(argument);
  }

  public ScriptCall add(List<IValue> more) {
    more.forEach(this::add);
    return this;
  }

  /** Adds an array; the array itself stays with its manager. */
  public ScriptCall add(NDArray array) {
    return add(value(array));
  }

  public ScriptCall add(long number) {
    return add(IValue.from(number));
  }

  public ScriptCall add(double number) {
    return add(IValue.from(number));
  }

  public ScriptCall add(boolean flag) {
    return add(IValue.from(flag));
  }

  /** Runs the method; the result is freed with this call. */
  public IValue run() {
    IValue result = keep();
    owned.add(result);
    return result;
  }

  /** Runs the method; the parts of the tuple that it returns are freed with this call. */
  public IValue[] runTuple() {
    IValue[] parts = run().toIValueTuple();
    owned.addAll(List.of(parts));
    return parts;
  }

  /** Runs the method; the caller frees the result. */
  public IValue keep() {
    return IValueUtils.runMethod(block, method, arguments.toArray(IValue[]::new));
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
  }
}
