package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.PackedBatch;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.NonFinite;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Optimiser steps: gradients of batches within a token budget, summed, then AdamW. */
public final class Trainer implements AutoCloseable {
  private final Network network;
  private final WorkerThreads workers;
  private final int budget;
  private final boolean gradientCheckpointing;
  private final OptimizerState state;
  private final Gradients gradients;
  private final Items items;
  private final int lanes;

  /**
   * @param budget tokens of one forward and backward pass; it decides the memory a step takes
   * @param gradientCheckpointing whether blocks are computed again in the backward pass, to keep
   *     less of them
   */
  public Trainer(
      Network network,
      WorkerThreads workers,
      OptimizerState state,
      int budget,
      boolean gradientCheckpointing) {
    this.network = network;
    this.workers = workers;
    this.state = state;
    this.budget = budget;
    this.gradientCheckpointing = gradientCheckpointing;
    this.lanes = network.profile().lanes(workers.count());
    this.gradients = new Gradients(network, lanes);
    this.items = new Items(new LogProbScorer(network, workers, budget));
  }

  /** What a worker does: batches by their numbers. */
  private record Part(Gradients.One gradient, List<Integer> batches) {}

  /**
   * One optimiser step on the sum of the terms; without any example nothing changes.
   *
   * @throws io.lanpo.api.component.UserException when the gradient is not finite; the weights are
   *     then as before
   * @throws java.util.concurrent.CancellationException when this thread is interrupted
   */
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    network.weightsChanged(); // what the step makes outdated is freed first
    List<Item> examples = items.of(terms);
    if (!network.profile().oneBatch()) {
      return learn(terms, examples, optimizer);
    }
    NativeHeap.trim(); // what generating left behind
    UpdateReport[] report = new UpdateReport[1];
    try {
      network.withAllThreads(workers.count(), () -> report[0] = learn(terms, examples, optimizer));
    } finally {
      gradients.close(); // generating takes its place
      NativeHeap.trim();
    }
    return report[0];
  }

  private UpdateReport learn(List<LossTerm> terms, List<Item> examples, AdamW optimizer) {
    Map<String, TermReport> reports = gradient(terms, examples);
    double norm = reports.isEmpty() ? 0 : step(optimizer);
    return new UpdateReport(reports, norm);
  }

  /** The gradient of the last {@link #gradient}, laid out like what learns. */
  NDArray gradient() {
    return gradients.sum();
  }

  /** Computes the gradient of the sum of the terms, and reports on those that have examples. */
  Map<String, TermReport> gradient(List<LossTerm> terms) {
    return gradient(terms, items.of(terms));
  }

  private Map<String, TermReport> gradient(List<LossTerm> terms, List<Item> items) {
    List<Sequence> sequences = items.stream().map(Item::sequence).toList();
    List<PackedBatch> batches = PackedBatch.divide(sequences, network.shape(), budget, lanes);
    network.reservePositions(PackedBatch.longest(sequences));
    float[][] reports = new float[batches.size()][];
    List<Integer> all = IntStream.range(0, batches.size()).boxed().toList();
    Consumer<Part> work =
        part -> {
          network.clear(part.gradient().flat());
          part.batches()
              .forEach(i -> reports[i] = accumulate(batches.get(i), items, part.gradient()));
        };
    if (lanes == 1) {
      work.accept(new Part(gradients.get(0), all));
    } else {
      List<List<Integer>> shares = workers.divide(all, i -> batches.get(i).tokens());
      workers.each(
          IntStream.range(0, shares.size())
              .mapToObj(w -> new Part(gradients.get(w), shares.get(w)))
              .toList(),
          work);
    }
    gradients.addUp();
    return report(terms, items, batches, reports);
  }

  private static Map<String, TermReport> report(
      List<LossTerm> terms, List<Item> items, List<PackedBatch> batches, float[][] reports) {
    Map<Integer, TermTotals> totals = new TreeMap<>();
    for (int b = 0; b < reports.length; b++) {
      int from = 0;
      for (int member : batches.get(b).members()) {
        Item item = items.get(member);
        totals
            .computeIfAbsent(item.term(), t -> new TermTotals())
            .add(item, reports[b], batches.get(b).targetCount(), from);
        from += item.length();
      }
    }
    Map<String, TermReport> result = new LinkedHashMap<>();
    totals.forEach((term, total) -> result.put(terms.get(term).name(), total.report()));
    return result;
  }

  /** Adds a batch's gradient to one; returns the report of its tokens, {@code [5, M]}. */
  private float[] accumulate(PackedBatch batch, List<Item> items, Gradients.One gradient) {
    workers.checkInterrupted();
    TokenLosses losses = new TokenLosses(batch.members().stream().map(items::get).toList());
    try (NDManager step = network.step();
        ScriptCall call = network.call("accumulate")) {
      call.share(network.operands()).share(gradient.views());
      call.add(batch.layout(network, step));
      call.add(batch.completionArguments(step));
      call.add(losses.array(step));
      call.add(network.logitRows());
      call.add(losses.unitTemperature());
      call.add(gradientCheckpointing);
      return ScriptCall.array(call.run(), step).toFloatArray();
    }
  }

  private double step(AdamW optimizer) {
    network.weightsChanged(); // before the step, which may have to make moments, too
    double norm;
    try (ScriptCall call = network.call(state.half() ? "step_half" : "step")) {
      call.add(network.trainable()).add(gradient());
      call.add(state.firstMoment()).add(state.secondMoment()).add(state.steps());
      call.add(optimizer.learningRate()).add(optimizer.beta1()).add(optimizer.beta2());
      call.add(optimizer.epsilon()).add(optimizer.weightDecay());
      norm = call.add(optimizer.maxGradientNorm()).run().toDouble();
    }
    if (!Double.isFinite(norm)) {
      throw new NonFinite(network).gradient(gradient(), norm);
    }
    return norm;
  }

  @Override
  public void close() {
    gradients.close();
  }
}
