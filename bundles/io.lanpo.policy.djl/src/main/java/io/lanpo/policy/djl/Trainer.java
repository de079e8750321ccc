package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Optimiser steps: gradients of batches within a token budget, summed, then AdamW. */
final class Trainer {
  private final Network network;
  private final int budget;
  private final NDArray gradient;
  private final OptimizerState state;

  /**
   * @param budget tokens of one forward and backward pass; it decides the memory a step takes
   */
  Trainer(Network network, OptimizerState state, int budget) {
    this.network = network;
    this.state = state;
    this.budget = budget;
    this.gradient = network.zeros();
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
    for (int[] batch : Batches.of(items, i -> i.sequence().length(), budget)) {
      accumulate(Arrays.stream(batch).mapToObj(items::get).toList(), totals);
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

  private void accumulate(List<Item> items, Map<Integer, TermTotals> totals) {
    List<Sequence> sequences = items.stream().map(Item::sequence).toList();
    SequenceBatch batch = new SequenceBatch(sequences, network.shape());
    int tokens = batch.completionTokens();
    TokenLosses losses = new TokenLosses(tokens);
    items.forEach(item -> losses.add(item.example(), item.loss()));
    float[] report;
    try (NDManager step = network.step()) {
      report =
          network
              .train(
                  "accumulate",
                  step,
                  network.weights(),
                  gradient,
                  batch.inputs(step),
                  network.rotations(batch.columns()),
                  batch.places(step),
                  batch.targets(step),
                  losses.array(step))
              .toFloatArray();
    }
    int from = 0;
    for (Item item : items) {
      int length = item.sequence().completion().length;
      totals.computeIfAbsent(item.term(), t -> new TermTotals()).add(report, tokens, from, length);
      from += length;
    }
  }

  private double step(AdamW optimizer) {
    double[] options = {
      optimizer.learningRate(),
      optimizer.beta1(),
      optimizer.beta2(),
      optimizer.epsilon(),
      optimizer.weightDecay(),
      optimizer.maxGradientNorm()
    };
    double norm;
    try (NDManager step = network.step()) {
      norm =
          network
              .train(
                  "step",
                  step,
                  network.weights(),
                  gradient,
                  state.firstMoment(),
                  state.secondMoment(),
                  state.steps(),
                  step.create(options))
              .getFloat();
    }
    if (!Double.isFinite(norm)) {
      throw new UserException(
          "the gradient is not finite (norm " + norm + "), so this update was not made",
          "Lower the learning rate or the clipping bound of the gradient's norm, and look for"
              + " advantages or log-probabilities that are not finite.");
    }
    return norm;
  }
}
