package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The moments of AdamW, laid out like what learns, and the number of steps behind them. They take
 * twice the memory of the weights, so there are none before they are asked for.
 */
final class OptimizerState {
  private final Network network;
  private final NDArray steps;
  private @Nullable NDArray firstMoment;
  private @Nullable NDArray secondMoment;

  OptimizerState(Network network) {
    this.network = network;
    steps = network.scalar();
  }

  NDArray firstMoment() {
    NDArray moment = firstMoment == null ? network.zeros() : firstMoment;
    firstMoment = moment;
    return moment;
  }

  NDArray secondMoment() {
    NDArray moment = secondMoment == null ? network.zeros() : secondMoment;
    secondMoment = moment;
    return moment;
  }

  /** A float scalar, as the fused kernel wants it. */
  NDArray steps() {
    return steps;
  }

  long stepCount() {
    return (long) steps.toFloatArray()[0];
  }

  void setStepCount(long count) {
    network.store(steps, 0, new float[] {count});
  }

  /** As before the first step. */
  void reset() {
    if (firstMoment != null) {
      network.clear(firstMoment);
    }
    if (secondMoment != null) {
      network.clear(secondMoment);
    }
    network.clear(steps);
  }
}
