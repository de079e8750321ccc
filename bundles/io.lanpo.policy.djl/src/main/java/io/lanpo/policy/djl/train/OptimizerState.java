package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import org.jspecify.annotations.Nullable;

/**
 * The moments of AdamW, laid out like what learns, and the number of steps behind them. They take
 * twice the memory of the weights, so there are none before they are asked for.
 */
public final class OptimizerState {
  private final Network network;
  private final boolean half;
  private final NDManager manager;
  private final NDArray steps;
  private @Nullable NDArray firstMoment;
  private @Nullable NDArray secondMoment;

  /** With moments in single precision. */
  public OptimizerState(Network network) {
    this(network, false);
  }

  /**
   * @param half whether the moments are in bf16
   */
  public OptimizerState(Network network, boolean half) {
    this.network = network;
    this.half = half;
    manager = network.step();
    steps = network.scalar();
  }

  /** Whether the moments are in bf16. */
  public boolean half() {
    return half;
  }

  /** See {@link Network#load} for what is in it: Java cannot read bf16. */
  public NDArray firstMoment() {
    NDArray moment = firstMoment == null ? zeros() : firstMoment;
    firstMoment = moment;
    return moment;
  }

  public NDArray secondMoment() {
    NDArray moment = secondMoment == null ? zeros() : secondMoment;
    secondMoment = moment;
    return moment;
  }

  private NDArray zeros() {
    if (!half) {
      return network.zeros();
    }
    try (ScriptCall call = network.call("half_zeros")) {
      return ScriptCall.array(call.add(network.trainable()).run(), manager);
    }
  }

  /** A float scalar, as the fused kernel wants it. */
  NDArray steps() {
    return steps;
  }

  public long stepCount() {
    return (long) steps.toFloatArray()[0];
  }

  public void setStepCount(long count) {
    network.store(steps, 0, new float[] {count});
  }

  /** As before the first step. */
  public void reset() {
    if (firstMoment != null) {
      firstMoment.close();
      firstMoment = null;
    }
    if (secondMoment != null) {
      secondMoment.close();
      secondMoment = null;
    }
    network.clear(steps);
  }
}
