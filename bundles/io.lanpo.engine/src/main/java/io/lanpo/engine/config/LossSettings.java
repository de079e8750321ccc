package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * From rewards to a loss.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record LossSettings(
    Advantage advantage,
    double negativeWeight,
    Aggregation aggregation,
    int constantLength,
    double clipLow,
    double clipHigh,
    double klCoefficient,
    int miniBatches,
    int leastToSplit,
    int epochs,
    double feedbackWeight,
    double contextDistillation,
    int replayDemonstrations,
    double replayWeight,
    Correction correction,
    double importanceCap) {

  /** Estimators of the advantage within a group. */
  public enum Advantage {
    /** (r − mean) / (std + ε), arXiv 2402.03300. */
    GRPO,
    /** r − mean, arXiv 2503.20783. */
    DR_GRPO,
    /** r − mean of the others, arXiv 2402.14740. */
    RLOO
  }

  /** How token losses are averaged. */
  public enum Aggregation {
    /** Over all completion tokens of the step, arXiv 2503.14476. */
    TOKEN_MEAN,
    /** Over the tokens of each completion, then over completions, arXiv 2402.03300. */
    SEQUENCE_MEAN,
    /** By a constant that does not depend on lengths, arXiv 2503.20783. */
    CONSTANT
  }

  /** When completions get importance weights for the policy that sampled them. */
  public enum Correction {
    /** When older or more coarsely rounded weights sampled them: {@code staleness = 1}, int8. */
    WHEN_STALE,
    /**
     * Always, as the engine that samples may compute other probabilities than the one that learns.
     */
    ALWAYS,
    /** Never: the ratio of the loss is to the policy that sampled. */
    NEVER
  }

  static final Setting<Advantage> ADVANTAGE_ESTIMATOR =
      Setting.choice("advantage.estimator", Advantage.class, "advantage within a group");

  static final Setting<Double> ADVANTAGE_NEGATIVE_WEIGHT =
      Setting.decimal(
          "advantage.negative-weight", 1, 0, 100, "factor", "factor on negative advantages");

  static final Setting<Aggregation> AGGREGATION =
      Setting.choice("loss.aggregation", Aggregation.class, "how token losses are averaged");

  static final Setting<Integer> CONSTANT_LENGTH =
      Setting.integer(
          "loss.constant-length",
          512,
          1,
          1_000_000,
          "tokens",
          "tokens per completion in the normaliser of aggregation 'constant'");

  static final Setting<Double> CLIP_LOW =
      Setting.decimal("loss.clip-low", 0.2, 0, 1, "", "the ratio counts down to 1 − this");

  static final Setting<Double> CLIP_HIGH =
      Setting.decimal(
          "loss.clip-high", 0.28, 0, 100, "", "the ratio counts up to 1 + this (clip-higher)");

  static final Setting<Double> KL =
      Setting.decimal(
          "loss.kl", 0, 0, 100, "", "weight of the KL penalty (k3) to the policy before step 1");

  static final Setting<Integer> MINI_BATCHES =
      Setting.integer(
          "loss.mini-batches",
          1,
          1,
          1024,
          "optimiser steps",
          "updates per training step and epoch; the completions that teach are divided among them");

  static final Setting<Integer> LEAST_TO_SPLIT =
      Setting.integer(
          "loss.least-to-split",
          0,
          0,
          1_000_000,
          "completions",
          "with fewer that teach, a step is one mini-batch");

  static final Setting<Integer> EPOCHS =
      Setting.integer("loss.epochs", 1, 1, 64, "epochs", "passes over a step's completions");

  static final Setting<Double> FEEDBACK_WEIGHT =
      Setting.decimal(
          "loss.feedback-weight",
          1,
          0,
          100,
          "factor",
          "weight of the loss under the prompt with feedback; 0 leaves it to distillation");

  static final Setting<Double> DISTILLATION_WEIGHT =
      Setting.decimal(
          "distillation.weight",
          0,
          0,
          100,
          "factor",
          "context distillation: weight of feedback completions with a positive advantage under the"
              + " plain prompt");

  static final Setting<Integer> REPLAY_DEMONSTRATIONS =
      Setting.integer(
          "replay.demonstrations",
          0,
          0,
          100_000,
          "demonstrations",
          "demonstration replay: fresh demonstrations per training step, divided among its updates");

  static final Setting<Double> REPLAY_WEIGHT =
      Setting.decimal(
          "replay.weight", 0.2, 0, 100, "factor", "weight of their cross-entropy in an update");

  public static final Setting<Correction> CORRECTION =
      Setting.choice(
          "loss.correction",
          Correction.class,
          "when tokens get importance weights, policy before the update over policy that sampled;"
              + " costs a pass over the completions. when-stale: with staleness=1, and where completions"
              + " are sampled in a lower precision than is learned in");

  static final Setting<Double> IMPORTANCE_CAP =
      Setting.decimal(
          "loss.importance-cap", 2, 0, 1e6, "factor", "the most that such a weight counts");

  static final List<Setting<?>> DECLARED =
      List.of(
          ADVANTAGE_ESTIMATOR,
          ADVANTAGE_NEGATIVE_WEIGHT,
          AGGREGATION,
          CONSTANT_LENGTH,
          CLIP_LOW,
          CLIP_HIGH,
          KL,
          MINI_BATCHES,
          LEAST_TO_SPLIT,
          EPOCHS,
          FEEDBACK_WEIGHT,
          DISTILLATION_WEIGHT,
          REPLAY_DEMONSTRATIONS,
          REPLAY_WEIGHT,
          CORRECTION,
          IMPORTANCE_CAP);

  static LossSettings of(Settings settings) {
    return new LossSettings(
        settings.get(ADVANTAGE_ESTIMATOR),
        settings.get(ADVANTAGE_NEGATIVE_WEIGHT),
        settings.get(AGGREGATION),
        settings.get(CONSTANT_LENGTH),
        settings.get(CLIP_LOW),
        settings.get(CLIP_HIGH),
        settings.get(KL),
        settings.get(MINI_BATCHES),
        settings.get(LEAST_TO_SPLIT),
        settings.get(EPOCHS),
        settings.get(FEEDBACK_WEIGHT),
        settings.get(DISTILLATION_WEIGHT),
        settings.get(REPLAY_DEMONSTRATIONS),
        settings.get(REPLAY_WEIGHT),
        settings.get(CORRECTION),
        settings.get(IMPORTANCE_CAP));
  }
}
