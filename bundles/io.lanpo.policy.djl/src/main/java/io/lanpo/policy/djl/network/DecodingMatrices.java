package io.lanpo.policy.djl.network;

import ai.djl.pytorch.jni.IValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The matrices as decoding multiplies with them, made when they are first asked for. Of the copies
 * in oneDNN's layouts there is one at a time: that in the training's precision, or that in int8.
 */
final class DecodingMatrices implements AutoCloseable {
  /** Rows for which they are laid out; the layout serves other numbers of rows too. */
  private static final int ROWS = 64;

  private final Function<String, ScriptCall> script;
  private final IValue views;
  private final int packedFrom;
  private @Nullable IValue plain;
  private @Nullable IValue packed;
  private @Nullable IValue integers;

  /**
   * @param script a call of a method of the decoder's script
   * @param views the trained weights
   * @param packedFrom rows from which on they are laid out
   */
  DecodingMatrices(Function<String, ScriptCall> script, IValue views, int packedFrom) {
    this.script = script;
    this.views = views;
    this.packedFrom = packedFrom;
  }

  /** Those for decoding some rows at a time in the training's precision. */
  IValue of(int rows) {
    if (rows < packedFrom) {
      // views of the weights, which stay valid when these change
      IValue made = plain == null ? make("matrices", 1) : plain;
      plain = made;
      return made;
    }
    integers = closed(integers);
    IValue made = packed == null ? make("matrices", ROWS) : packed;
    packed = made;
    return made;
  }

  /** Those in int8, for any number of rows. */
  IValue int8() {
    packed = closed(packed);
    IValue made = integers == null ? make("integer_matrices", ROWS) : integers;
    integers = made;
    return made;
  }

  private IValue make(String method, int rows) {
    try (ScriptCall call = script.apply(method)) {
      return call.share(views).add(rows).keep();
    }
  }

  /** Closes the copies, which changed weights have made out of date. */
  void forget() {
    packed = closed(packed);
    integers = closed(integers);
  }

  private static @Nullable IValue closed(@Nullable IValue matrices) {
    if (matrices != null) {
      matrices.close();
    }
    return null;
  }

  @Override
  public void close() {
    forget();
    plain = closed(plain);
  }
}
