package io.lanpo.policy.tinker.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.tinker.protocol.Datum;
import io.lanpo.policy.tinker.protocol.ServerLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an update as batches of the server's losses. The server has no scale for a token; it
 * multiplies the advantage instead, which gives the same gradient, as every policy-gradient loss is
 * linear in positive factors of the advantage.
 */
final class UpdatePlan {
  /** How far a weight may be from one and still count as it. */
  private static final double SAME = 1e-6;

  private final Map<ServerLoss, List<Item>> batches = new LinkedHashMap<>();
  private final Objective objective;
  private final Normalization normalization;
  private final int sequences;

  /**
   * An example on its way.
   *
   * @param term the term's name
   * @param loss the term's loss
   * @param example what is to be learned
   * @param sampling {@code [T]} log-probabilities of the policy that sampled it; empty for
   *     cross-entropy, and where a loss of one's own has none
   * @param datum what the server gets
   * @param factor by which its losses were multiplied
   * @param outcome what a {@link Loss.Custom} made of it; null with another loss
   */
  record Item(
      String term,
      Loss loss,
      TrainingExample example,
      float[] sampling,
      Datum datum,
      double factor,
      TokenLoss.@Nullable Outcome outcome) {}

  private UpdatePlan(Objective objective, Normalization normalization, int sequences) {
    this.objective = objective;
    this.normalization = normalization;
    this.sequences = sequences;
  }

  /**
   * Lays out an update.
   *
   * @param scorer scores what comes without sampling log-probabilities: the current policy stands
   *     in for the one that wrote it
   */
  static UpdatePlan of(
      List<LossTerm> terms,
      Objective objective,
      Normalization normalization,
      Function<List<Sequence>, List<float[]>> scorer) {
    int sequences = terms.stream().mapToInt(term -> term.examples().size()).sum();
    List<Sequence> unscored =
        terms.stream()
            .filter(term -> term.loss() instanceof Loss.ClippedSurrogate)
            .flatMap(term -> term.examples().stream())
            .filter(example -> example.samplingLogProbs().length == 0)
            .map(TrainingExample::sequence)
            .toList();
    List<float[]> scores = unscored.isEmpty() ? List.of() : scorer.apply(unscored);
    int next = 0;
    UpdatePlan plan = new UpdatePlan(objective, normalization, sequences);
    for (LossTerm term : terms) {
      if (term.loss() instanceof Loss.Custom custom && !term.examples().isEmpty()) {
        plan.custom(term, custom, scorer);
        continue;
      }
      for (TrainingExample example : term.examples()) {
        if (term.loss() instanceof Loss.ClippedSurrogate surrogate) {
          boolean scored = example.samplingLogProbs().length > 0;
          plan.surrogate(
              term.name(),
              surrogate,
              example,
              scored ? example.samplingLogProbs() : scores.get(next++));
        } else {
          plan.supervised(term, example);
        }
      }
    }
    return plan;
  }

  /** What is sent, by the server's loss. */
  Map<ServerLoss, List<Item>> batches() {
    return batches;
  }

  private void surrogate(
      String term, Loss.ClippedSurrogate loss, TrainingExample example, float[] sampling) {
    float[] advantages = new float[sampling.length];
    double factor = factor(example);
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = (float) (factor * example.scale()[i] * example.advantages()[i]);
    }
    Datum datum = new Datum(example.sequence(), ones(advantages.length), advantages, sampling);
    add(objective.of(loss), new Item(term, loss, example, sampling, datum, factor, null));
  }

  /** The server gets the slopes: cross-entropy with these as weights has the same gradient. */
  private void custom(
      LossTerm term, Loss.Custom loss, Function<List<Sequence>, List<float[]>> scorer) {
    List<TrainingExample> examples = term.examples();
    List<TokenLoss.Outcome> outcomes =
        loss.outcomes(
            term.name(),
            examples,
            scorer.apply(examples.stream().map(TrainingExample::sequence).toList()));
    for (int i = 0; i < examples.size(); i++) {
      float[] weights = outcomes.get(i).slopes().clone();
      for (int t = 0; t < weights.length; t++) {
        weights[t] = -weights[t];
      }
      weighted(term, examples.get(i), weights, outcomes.get(i));
    }
  }

  private void supervised(LossTerm term, TrainingExample example) {
    weighted(term, example, example.scale(), null);
  }

  /** Cross-entropy with a weight for each token, which may be negative. */
  private void weighted(
      LossTerm term, TrainingExample example, float[] scale, TokenLoss.@Nullable Outcome outcome) {
    float[] none = {};
    double factor = factor(example);
    ServerLoss loss = ServerLoss.CROSS_ENTROPY;
    Datum datum;
    if (normalization == Normalization.SUM) {
      datum = new Datum(example.sequence(), scale, none, none);
    } else if (even(scale, factor)) {
      datum = new Datum(example.sequence(), ones(scale.length), none, none);
    } else {
      float[] weights = new float[scale.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (factor * scale[i]);
      }
      loss = Objective.weightedCrossEntropy();
      float[] unread = new float[scale.length]; // the ratio is clipped to one
      datum = new Datum(example.sequence(), ones(scale.length), weights, unread);
    }
    float[] sampling = outcome == null ? none : example.samplingLogProbs();
    add(loss, new Item(term.name(), term.loss(), example, sampling, datum, factor, outcome));
  }

  private double factor(TrainingExample example) {
    return normalization.factor(example.scale().length, sequences);
  }

  private static boolean even(float[] scale, double factor) {
    for (float value : scale) {
      if (Math.abs(value * factor - 1) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void add(ServerLoss loss, Item item) {
    batches.computeIfAbsent(loss, key -> new ArrayList<>()).add(item);
  }
}
