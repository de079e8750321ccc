package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of batches that are worked on at a time, one each, laid out like what learns. There
 * are none before they are asked for, as a policy may never learn, and none after closing until
 * they are asked for again.
 */
final class Gradients implements AutoCloseable {
  private final Network network;
  private final int count;
  private final List<One> all = new ArrayList<>();

  Gradients(Network network, int count) {
    this.network = network;
    this.count = count;
  }

  /**
   * A gradient.
   *
   * @param flat the buffer
   * @param views the same as the list that the script adds to
   */
  record One(NDArray flat, IValue views) {}

  One get(int number) {
    while (all.size() < count) {
      NDArray flat = network.zeros();
      all.add(new One(flat, network.views(flat)));
    }
    return all.get(number);
  }

  /** Adds the others to the first. */
  void addUp() {
    all.stream().skip(1).forEach(other -> network.add(sum(), other.flat()));
  }

  /** The first. */
  NDArray sum() {
    return get(0).flat();
  }

  @Override
  public void close() {
    for (One one : all) {
      one.views().close();
      one.flat().close();
    }
    all.clear();
  }
}
