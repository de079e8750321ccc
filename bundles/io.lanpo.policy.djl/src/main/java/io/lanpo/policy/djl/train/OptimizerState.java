package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import io.lanpo.policy.djl.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * The moments of AdamW, laid out like what learns, and the number of steps behind them. They take
 * twice the memory of the weights, so there are none before they are asked for.
 */
public final class OptimizerState {
  private final Network network;
  private final NDArray steps;
  private @Nullable NDArray firstMoment;
  private @Nullable NDArray secondMoment;

  public OptimizerState(Network network) {
    this.network = network;
    steps = network.scalar();
  }

  public NDArray firstMoment() {
    NDArray moment = firstMoment == null ? network.zeros() : firstMoment;
    firstMoment = moment;
    return moment;
  }

  public NDArray secondMoment() {
    NDArray moment = secondMoment == null ? network.zeros() : secondMoment;
    secondMoment = moment;
    return moment;
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
      network.clear(firstMoment);
    }
    if (secondMoment != null) {
      network.clear(secondMoment);
    }
    network.clear(steps);
  }
}
