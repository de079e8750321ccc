package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;

/** The moments of AdamW, laid out like the weights, and the number of steps behind them. */
final class OptimizerState {
  private final Network network;
  private final NDArray firstMoment;
  private final NDArray secondMoment;
  private final NDArray steps;

  OptimizerState(Network network) {
    this.network = network;
    firstMoment = network.zeros();
    secondMoment = network.zeros();
    steps = network.scalar();
  }

  NDArray firstMoment() {
    return firstMoment;
  }

  NDArray secondMoment() {
    return secondMoment;
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
    network.clear(firstMoment);
    network.clear(secondMoment);
    network.clear(steps);
  }
}
