package io.lanpo.policy.djl.batch;

import ai.djl.ndarray.NDManager;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Log-probabilities of given completions.
 *
 * @param budget tokens of one forward pass
 * @param adapted whether adapters, where there are any, take part
 */
public record LogProbScorer(Network network, WorkerThreads workers, int budget, boolean adapted) {
  /** With the whole network. */
  public LogProbScorer(Network network, WorkerThreads workers, int budget) {
    this(network, workers, budget, true);
  }

  /**
   * Scores completions.
   *
   * @param temperature divides the logits
   * @return for each sequence {@code [T]} the log-probability in nats of each completion token
   * @throws java.util.concurrent.CancellationException when this thread is interrupted
   */
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    List<float[]> result = new ArrayList<>(Collections.nCopies(sequences.size(), new float[0]));
    List<PackedBatch> batches =
        PackedBatch.divide(sequences, network.shape(), budget, workers.count());
    network.reservePositions(PackedBatch.longest(sequences));
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
        ScriptCall call = network.call("score")) {
      call.share(adapted ? network.operands() : network.unadaptedOperands());
      call.add(batch.layout(network, step));
      call.add(batch.completionArguments(step));
      call.add(step.create(inverse));
      call.add(network.logitRows());
      return ScriptCall.array(call.run(), step).toFloatArray();
    }
  }
}
