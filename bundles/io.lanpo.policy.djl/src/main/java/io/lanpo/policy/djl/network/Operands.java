package io.lanpo.policy.djl.network;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import org.jspecify.annotations.Nullable;

/** The lists of weights that methods compute with; what closing frees is made again when needed. */
final class Operands implements AutoCloseable {
  private final PtSymbolBlock block;
  private final IValue views;
  private final boolean half;
  private @Nullable IValue rounded;
  private @Nullable IValue unadapted;

  /**
   * @param views the weights as they learn
   * @param half whether matrices are rounded
   */
  Operands(PtSymbolBlock block, IValue views, boolean half) {
    this.block = block;
    this.views = views;
    this.half = half;
  }

  synchronized IValue all() {
    if (!half) {
      return views;
    }
    IValue found = rounded == null ? made("rounded", views) : rounded;
    rounded = found;
    return found;
  }

  /** The same with adapters that add nothing. */
  synchronized IValue unadapted() {
    IValue found = unadapted == null ? made("unadapted", all()) : unadapted;
    unadapted = found;
    return found;
  }

  private IValue made(String method, IValue from) {
    try (ScriptCall call = new ScriptCall(block, method)) {
      return call.share(from).keep();
    }
  }

  @Override
  public synchronized void close() {
    if (unadapted != null) {
      unadapted.close();
      unadapted = null;
    }
    if (rounded != null) {
      rounded.close();
      rounded = null;
    }
  }
}
