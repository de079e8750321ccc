package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import java.util.ArrayList;
import java.util.List;

/**
 * Supervised learning before reinforcement learning.
 *
 * <p>What a value means stands in the declaration of its setting.
 *
 * @param optimizer AdamW with the peak learning rate
 * @param own demonstrations that the policy makes itself
 */
public record ColdStartSettings(
    Source source,
    int steps,
    int batch,
    int warmup,
    double finalRate,
    AdamW optimizer,
    Gate gate,
    int extensions,
    int extensionSteps,
    RejectionSamplingSettings own) {

  /** Where the demonstrations come from. */
  public enum Source {
    /** The task's, for a policy with random weights. */
    DEMONSTRATIONS,
    /**
     * Answers, reviews and lessons of the policy itself that the verifier found right (STaR, arXiv
     * 2203.14465; rejection sampling fine-tuning, arXiv 2308.01825).
     */
    OWN_ANSWERS
  }

  /** What happens when a cold-started policy does not pass its exams. */
  public enum Gate {
    /** The run is refused. */
    REFUSE,
    /** The run goes on with a warning. */
    WARN
  }

  private static final String PREFIX = "coldstart.";

  static final Setting<Source> SOURCE =
      Setting.choice(
          "coldstart.source",
          Source.class,
          "what it learns from: demonstrations of the task, for random weights; or right answers,"
              + " reviews and lessons of the model itself");

  static final Setting<Integer> STEPS =
      Setting.integer(
          "coldstart.steps", 1600, 0, 100_000_000, "optimiser steps", "length of the cold start");

  static final Setting<Integer> BATCH =
      Setting.integer(
          "coldstart.batch", 16, 1, 65_536, "demonstrations", "demonstrations per step");

  static final Setting<Integer> WARMUP =
      Setting.integer(
          "coldstart.warmup", 30, 0, 1_000_000, "optimiser steps", "the learning rate rises over");

  static final Setting<Double> FINAL_RATE =
      Setting.decimal(
          "coldstart.final-rate", 0.05, 0, 1, "share", "the cosine schedule ends at this share");

  static final Setting<Gate> GATE =
      Setting.choice(
          "coldstart.gate", Gate.class, "what happens when the task's exams are not passed");

  static final Setting<Integer> EXTENSIONS =
      Setting.integer(
          "coldstart.extensions", 2, 0, 100, "times", "how often it may be prolonged to pass them");

  static final Setting<Integer> EXTENSION_STEPS =
      Setting.integer(
          "coldstart.extension-steps",
          300,
          1,
          100_000_000,
          "optimiser steps",
          "length of each prolongation");

  static final List<Setting<?>> DECLARED = declare();

  private static List<Setting<?>> declare() {
    List<Setting<?>> all = new ArrayList<>();
    all.addAll(
        List.of(SOURCE, STEPS, BATCH, WARMUP, FINAL_RATE, GATE, EXTENSIONS, EXTENSION_STEPS));
    all.addAll(RejectionSamplingSettings.DECLARED);
    all.addAll(OptimizerSettings.declare(PREFIX, 3e-3, 0.98, 0.01));
    return List.copyOf(all);
  }

  static ColdStartSettings of(Settings settings) {
    return new ColdStartSettings(
        settings.get(SOURCE),
        settings.get(STEPS),
        settings.get(BATCH),
        settings.get(WARMUP),
        settings.get(FINAL_RATE),
        OptimizerSettings.of(settings.under(PREFIX)),
        settings.get(GATE),
        settings.get(EXTENSIONS),
        settings.get(EXTENSION_STEPS),
        RejectionSamplingSettings.of(settings));
  }

  /** Whether the policy does without worked examples once it has learned from its own answers. */
  public boolean dropsExamples() {
    return source == Source.OWN_ANSWERS && own.dropExamples();
  }
}
