package io.lanpo.policy.djl;

import ai.djl.ndarray.NDManager;
import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Log-probabilities of given completions. */
final class Scorer {
  private final Network network;
  private final Workers workers;
  private final int budget;

  /**
   * @param budget tokens of one forward pass
   */
  Scorer(Network network, Workers workers, int budget) {
    this.network = network;
    this.workers = workers;
    this.budget = budget;
  }

  List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    List<float[]> result = new ArrayList<>(Collections.nCopies(sequences.size(), new float[0]));
    List<PackedBatch> batches =
        PackedBatch.divide(sequences, network.shape(), budget, workers.count());
    network.reserve(PackedBatch.longest(sequences));
    workers.each(
        workers.divide(batches, PackedBatch::tokens),
        part -> part.forEach(batch -> score(batch, temperature, sequences, result)));
    return result;
  }

  /** Scores a batch; every result has its own place, so several threads may fill them. */
  private void score(
      PackedBatch batch, double temperature, List<Sequence> sequences, List<float[]> result) {
    float[] scores = score(batch, temperature);
    int at = 0;
    for (int member : batch.members()) {
      int length = sequences.get(member).completion().length;
      result.set(member, Arrays.copyOfRange(scores, at, at + length));
      at += length;
    }
  }

  private float[] score(PackedBatch batch, double temperature) {
    workers.checkInterrupted();
    float[] inverse = new float[batch.targetCount()];
    Arrays.fill(inverse, (float) (1 / temperature));
    try (NDManager step = network.step();
        Call call = network.call("score")) {
      call.share(network.views());
      call.add(batch.layout(network, step));
      call.add(batch.completionArguments(step));
      call.add(step.create(inverse));
      call.add(network.logitRows());
      return Network.array(call.run(), step).toFloatArray();
    }
  }
}
