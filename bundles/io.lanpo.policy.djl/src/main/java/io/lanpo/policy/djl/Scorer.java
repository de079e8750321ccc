package io.lanpo.policy.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Log-probabilities of given completions. */
final class Scorer {
  private final Network network;
  private final int budget;

  /**
   * @param budget tokens of one forward pass
   */
  Scorer(Network network, int budget) {
    this.network = network;
    this.budget = budget;
  }

  List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    List<float[]> result = new ArrayList<>(Collections.nCopies(sequences.size(), new float[0]));
    for (int[] batch : Batches.of(sequences, Sequence::length, budget)) {
      List<Sequence> part = Arrays.stream(batch).mapToObj(sequences::get).toList();
      float[] scores = score(new SequenceBatch(part, network.shape()), temperature);
      int at = 0;
      for (int index : batch) {
        int length = sequences.get(index).completion().length;
        result.set(index, Arrays.copyOfRange(scores, at, at + length));
        at += length;
      }
    }
    return result;
  }

  private float[] score(SequenceBatch batch, double temperature) {
    float[] inverse = new float[batch.completionTokens()];
    Arrays.fill(inverse, (float) (1 / temperature));
    try (NDManager step = network.step();
        IValue ids = Network.value(batch.inputs(step));
        IValue rotations = Network.value(network.rotations(batch.columns()));
        IValue places = Network.value(batch.places(step));
        IValue targets = Network.value(batch.targets(step));
        IValue scale = Network.value(step.create(inverse));
        IValue scores =
            network.run("score", network.views(), ids, rotations, places, targets, scale)) {
      return Network.array(scores, step).toFloatArray();
    }
  }
}
