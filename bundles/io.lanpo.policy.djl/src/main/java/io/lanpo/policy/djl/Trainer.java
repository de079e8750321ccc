package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Optimiser steps: gradients of batches within a token budget, summed, then AdamW. */
final class Trainer implements AutoCloseable {
  private final Network network;
  private final int budget;
  private final NDArray gradient;
  private final IValue gradientViews;
  private final OptimizerState state;

  /**
   * @param budget tokens of one forward and backward pass; it decides the memory a step takes
   */
  Trainer(Network network, OptimizerState state, int budget) {
    this.network = network;
    this.state = state;
    this.budget = budget;
    this.gradient = network.zeros();
    this.gradientViews = network.views(gradient);
  }

  /** An example with the number of its term. */
  private record Item(TrainingExample example, int term, Loss loss) {
    Sequence sequence() {
      return example.sequence();
    }
  }

  UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    Map<String, TermReport> reports = gradient(terms);
    double norm = reports.isEmpty() ? 0 : step(optimizer);
    return new UpdateReport(reports, norm);
  }

  /** The gradient of the last {@link #gradient}, laid out like the weights. */
  NDArray gradient() {
    return gradient;
  }

  /** Computes the gradient of the sum of the terms, and reports on those that have examples. */
  Map<String, TermReport> gradient(List<LossTerm> terms) {
    List<Item> items = items(terms);
    Map<Integer, TermTotals> totals = new HashMap<>();
    network.clear(gradient);
    List<Sequence> sequences = items.stream().map(Item::sequence).toList();
    for (List<PromptGroup> groups : Batching.of(PromptGroup.of(sequences, budget), budget)) {
      PackedBatch batch = new PackedBatch(groups, sequences, network.shape());
      accumulate(batch, batch.members().stream().map(items::get).toList(), totals);
    }
    Map<String, TermReport> reports = new LinkedHashMap<>();
    for (int term = 0; term < terms.size(); term++) {
      TermTotals total = totals.get(term);
      if (total != null) {
        reports.put(terms.get(term).name(), total.report());
      }
    }
    return reports;
  }

  private static List<Item> items(List<LossTerm> terms) {
    List<Item> items = new ArrayList<>();
    for (int term = 0; term < terms.size(); term++) {
      LossTerm part = terms.get(term);
      for (TrainingExample example : part.examples()) {
        items.add(new Item(example, term, part.loss()));
      }
    }
    return items;
  }

  private void accumulate(PackedBatch batch, List<Item> items, Map<Integer, TermTotals> totals) {
    int tokens = batch.targetCount();
    TokenLosses losses = new TokenLosses(tokens);
    items.forEach(item -> losses.add(item.example(), item.loss()));
    float[] report;
    try (NDManager step = network.step();
        Call call = network.call("accumulate")) {
      call.share(network.views()).share(gradientViews);
      call.add(batch.layout(network, step));
      call.add(batch.completionArguments(step));
      call.add(losses.array(step));
      call.add(network.logitRows());
      call.add(losses.unitTemperature());
      report = Network.array(call.run(), step).toFloatArray();
    }
    int from = 0;
    for (Item item : items) {
      int length = item.sequence().completion().length;
      totals.computeIfAbsent(item.term(), t -> new TermTotals()).add(report, tokens, from, length);
      from += length;
    }
  }

  private double step(AdamW optimizer) {
    double norm;
    try (Call call = network.call("step")) {
      call.add(network.weights()).add(gradient);
      call.add(state.firstMoment()).add(state.secondMoment()).add(state.steps());
      call.add(optimizer.learningRate()).add(optimizer.beta1()).add(optimizer.beta2());
      call.add(optimizer.epsilon()).add(optimizer.weightDecay());
      norm = call.add(optimizer.maxGradientNorm()).run().toDouble();
    }
    network.changed();
    if (!Double.isFinite(norm)) {
      throw new UserException(
          "the gradient is not finite (norm " + norm + "), so this update was not made",
          "Lower the learning rate or the clipping bound of the gradient's norm, and look for"
              + " advantages or log-probabilities that are not finite.");
    }
    return norm;
  }

  @Override
  public void close() {
    gradientViews.close();
  }
}
