package io.lanpo.engine.coldstart;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.update.Demonstrations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.MathArrays;

/**
 * Learning from demonstrations by cross-entropy.
 *
 * @param randomness fixes which demonstrations are drawn
 */
public record SupervisedTraining(
    ColdStartSettings settings, Demonstrations demonstrations, Randomness randomness) {
  /** Batches that are drawn together and sorted by length, so that a batch pads little. */
  private static final int BATCHES_PER_POOL = 8;

  /** A prolongation begins at this share of the peak learning rate. */
  private static final double EXTENSION_RATE = 0.3;

  /** Is called with progress; may ask to stop. */
  public interface Watcher {
    /**
     * A step is done.
     *
     * @param step steps done
     * @param total steps in all
     * @param loss loss of the step
     * @return false to stop here
     */
    boolean stepped(int step, int total, double loss);
  }

  /**
   * Trains the policy in place, once.
   *
   * @return false when the watcher stopped it
   */
  public boolean train(Policy policy, Watcher watcher) {
    return round(policy, 0, settings.steps(), 0, watcher);
  }

  /**
   * Trains the policy in place.
   *
   * @param round 0 at first, then the number of the prolongation
   * @param steps optimiser steps
   * @param before optimiser steps of earlier rounds
   * @return false when the watcher stopped it
   */
  boolean round(Policy policy, int round, int steps, int before, Watcher watcher) {
    var random = randomness.generator("cold-start", round);
    var shuffle = randomness.stream("cold-start-order", round);
    Map<Integer, Float> weights = demonstrations.tokenWeights();
    List<List<Sequence>> ready = new ArrayList<>();
    double peak = settings.optimizer().learningRate() * (round == 0 ? 1 : EXTENSION_RATE);
    for (int step = 0; step < steps; step++) {
      if (ready.isEmpty()) {
        int batches = Math.min(BATCHES_PER_POOL, steps - step);
        double progress = round == 0 ? step / (double) steps : 1;
        ready.addAll(batches(batches, progress, random));
        int[] order = MathArrays.natural(ready.size());
        MathArrays.shuffle(order, shuffle);
        List<List<Sequence>> drawn = List.copyOf(ready);
        for (int i = 0; i < order.length; i++) {
          ready.set(i, drawn.get(order[i]));
        }
      }
      LossTerm term = term(ready.remove(ready.size() - 1), weights);
      var report = policy.update(List.of(term), optimizer(peak, step, steps));
      TermReport learned = report.terms().get(term.name());
      double loss = learned == null ? 0 : learned.loss();
      int total = before + steps;
      if (!watcher.stepped(before + step + 1, total, loss)) {
        return false;
      }
    }
    return true;
  }

  /** Demonstrations sorted by length and cut into batches. */
  private List<List<Sequence>> batches(int count, double progress, RandomGenerator random) {
    List<Sequence> drawn = new ArrayList<>();
    for (int i = 0; i < count * settings.batch(); i++) {
      drawn.add(demonstrations.demonstrate(progress, random));
    }
    drawn.sort(Comparator.comparingInt(Sequence::length));
    List<List<Sequence>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(List.copyOf(drawn.subList(i * settings.batch(), (i + 1) * settings.batch())));
    }
    return batches;
  }

  /** Cross-entropy as a weighted mean over the batch's completion tokens. */
  private static LossTerm term(List<Sequence> batch, Map<Integer, Float> weights) {
    double sum = 0;
    List<float[]> scales = new ArrayList<>();
    for (Sequence sequence : batch) {
      float[] scale = new float[sequence.completion().length];
      for (int t = 0; t < scale.length; t++) {
        scale[t] = weights.getOrDefault(sequence.completion()[t], 1f);
        sum += scale[t];
      }
      scales.add(scale);
    }
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      float[] scale = scales.get(i);
      for (int t = 0; t < scale.length; t++) {
        scale[t] = (float) (scale[t] / sum);
      }
      examples.add(TrainingExample.supervised(batch.get(i), scale));
    }
    return new LossTerm("cold-start", new Loss.CrossEntropy(), examples);
  }

  /** Linear warm-up, then a half cosine down to the final share of the peak. */
  private AdamW optimizer(double peak, int step, int steps) {
    double warm = settings.warmup() == 0 ? 1 : Math.min(1, (step + 1.0) / settings.warmup());
    double cosine = 0.5 * (1 + FastMath.cos(FastMath.PI * step / steps));
    double share = settings.finalRate() + (1 - settings.finalRate()) * cosine;
    AdamW o = settings.optimizer();
    return new AdamW(
        peak * warm * share,
        o.beta1(),
        o.beta2(),
        o.epsilon(),
        o.weightDecay(),
        o.maxGradientNorm());
  }
}
