package io.lanpo.engine.coldstart;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Exam;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.method.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.MathArrays;

/**
 * Supervised learning on demonstrations until the policy passes its exams: it must be able to
 * execute, critique and distil before a reward can teach it what to execute.
 */
public final class ColdStart {
  /** Batches that are drawn together and sorted by length, so that a batch pads little. */
  private static final int BATCHES_PER_POOL = 8;

  /** A prolongation begins at this share of the peak learning rate. */
  private static final double EXTENSION_RATE = 0.3;

  private final ColdStartSettings settings;
  private final Curriculum curriculum;
  private final Randomness randomness;

  /**
   * @param randomness source of the demonstrations
   */
  public ColdStart(ColdStartSettings settings, Curriculum curriculum, Randomness randomness) {
    this.settings = settings;
    this.curriculum = curriculum;
    this.randomness = randomness;
  }

  /** Hears of progress; may ask to stop. */
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
   * How a cold start ended.
   *
   * @param completed false when the watcher stopped it
   * @param passed whether every exam was passed
   * @param steps optimiser steps taken
   * @param exams share of items passed, by exam
   */
  public record Outcome(boolean completed, boolean passed, int steps, Map<String, Double> exams) {}

  /** Trains the policy in place. */
  public Outcome train(Policy policy, Watcher watcher) {
    int done = 0;
    for (int round = 0; round <= settings.extensions(); round++) {
      int steps = round == 0 ? settings.steps() : settings.extensionSteps();
      if (!phase(policy, round, steps, done, watcher)) {
        return new Outcome(false, false, done, Map.of());
      }
      done += steps;
      Map<String, Double> results = examine(policy);
      boolean passed =
          exams().stream().allMatch(e -> results.getOrDefault(e.name(), 0.0) >= e.required());
      if (passed || round == settings.extensions()) {
        return new Outcome(true, passed, done, results);
      }
    }
    throw new IllegalStateException("a cold start has at least one round");
  }

  /** What a user is told when the gate stays shut. */
  public UserException refusal(Outcome outcome) {
    List<String> failed =
        exams().stream()
            .filter(e -> outcome.exams().getOrDefault(e.name(), 0.0) < e.required())
            .map(
                e ->
                    "%s %.0f %% (required %.0f %%)"
                        .formatted(
                            e.name(),
                            100 * outcome.exams().getOrDefault(e.name(), 0.0),
                            100 * e.required()))
            .toList();
    return new UserException(
        "after a cold start of %d steps the policy does not pass: %s"
            .formatted(outcome.steps(), String.join(", ", failed)),
        "Raise coldstart.steps, try another seed, or set coldstart.gate=warn to go on all the same.");
  }

  private boolean phase(Policy policy, int round, int steps, int before, Watcher watcher) {
    var random = randomness.generator("cold-start", round);
    var shuffle = randomness.stream("cold-start-order", round);
    Tokenizer tokenizer = policy.tokenizer();
    Map<Integer, Float> weights = weights(tokenizer);
    List<List<Sequence>> ready = new ArrayList<>();
    double peak = settings.optimizer().learningRate() * (round == 0 ? 1 : EXTENSION_RATE);
    for (int step = 0; step < steps; step++) {
      if (ready.isEmpty()) {
        int batches = Math.min(BATCHES_PER_POOL, steps - step);
        double progress = round == 0 ? step / (double) steps : 1;
        ready.addAll(batches(batches, progress, random, tokenizer));
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
  private List<List<Sequence>> batches(
      int count, double progress, java.util.random.RandomGenerator random, Tokenizer tokenizer) {
    List<Sequence> drawn = new ArrayList<>();
    for (int i = 0; i < count * settings.batch(); i++) {
      Demonstration shown = curriculum.demonstrate(progress, random);
      int[] completion = tokenizer.encode(shown.completion());
      int[] ended = Arrays.copyOf(completion, completion.length + 1);
      ended[completion.length] = tokenizer.endToken();
      drawn.add(new Sequence(tokenizer.encode(shown.prompt()), ended));
    }
    drawn.sort(Comparator.comparingInt(Sequence::length));
    List<List<Sequence>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(List.copyOf(drawn.subList(i * settings.batch(), (i + 1) * settings.batch())));
    }
    return batches;
  }

  private Map<Integer, Float> weights(Tokenizer tokenizer) {
    Map<Integer, Float> weights = new HashMap<>();
    curriculum
        .wordWeights()
        .forEach(
            (word, weight) -> {
              for (int token : tokenizer.encode(word)) {
                weights.put(token, weight.floatValue());
              }
            });
    return weights;
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

  private List<Exam> exams() {
    return curriculum.exams(randomness.generator("exams"));
  }

  private Map<String, Double> examine(Policy policy) {
    Map<String, Double> results = new LinkedHashMap<>();
    for (Exam exam : exams()) {
      List<GenerationRequest> requests = new ArrayList<>();
      for (int i = 0; i < exam.items().size(); i++) {
        requests.add(
            new GenerationRequest(
                policy.tokenizer().encode(exam.items().get(i).prompt()),
                1,
                Sampling.at(1, exam.maxTokens()),
                randomness.seed("exam-" + exam.name(), i)));
      }
      List<List<Completion>> answers = policy.generate(requests);
      int passed = 0;
      for (int i = 0; i < answers.size(); i++) {
        Completion answer = answers.get(i).get(0);
        if (answer.finished()
            && exam.items().get(i).passes().test(policy.tokenizer().decode(answer.tokens()))) {
          passed++;
        }
      }
      results.put(exam.name(), exam.items().isEmpty() ? 1 : passed / (double) exam.items().size());
    }
    return results;
  }
}
