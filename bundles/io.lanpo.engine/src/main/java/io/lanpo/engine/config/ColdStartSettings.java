package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import java.util.ArrayList;
import java.util.List;

/**
 * Supervised learning before reinforcement learning.
 *
 * @param source where the demonstrations come from
 * @param steps optimiser steps
 * @param batch demonstrations per step
 * @param warmup steps over which the learning rate rises
 * @param finalRate the cosine schedule ends at this share of the peak
 * @param optimizer AdamW with the peak learning rate
 * @param gate what happens when the exams are not passed
 * @param extensions how often the cold start may be prolonged to pass the exams
 * @param extensionSteps optimiser steps of each prolongation
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

  static final List<Setting> DECLARED = declare();

  private static List<Setting> declare() {
    List<Setting> all = new ArrayList<>();
    all.add(
        Setting.choice(
            PREFIX + "source",
            Source.class,
            "what it learns from: demonstrations of the task, for random weights; or right answers,"
                + " reviews and lessons of the model itself"));
    all.add(
        Setting.integer(
            PREFIX + "steps", 1600, 0, 100_000_000, "optimiser steps", "length of the cold start"));
    all.add(
        Setting.integer(
            PREFIX + "batch", 16, 1, 65_536, "demonstrations", "demonstrations per step"));
    all.add(
        Setting.integer(
            PREFIX + "warmup",
            30,
            0,
            1_000_000,
            "optimiser steps",
            "the learning rate rises over"));
    all.add(
        Setting.decimal(
            PREFIX + "final-rate", 0.05, 0, 1, "share", "the cosine schedule ends at this share"));
    all.add(
        Setting.choice(
            PREFIX + "gate", Gate.class, "what happens when the task's exams are not passed"));
    all.add(
        Setting.integer(
            PREFIX + "extensions",
            2,
            0,
            100,
            "times",
            "how often it may be prolonged to pass them"));
    all.add(
        Setting.integer(
            PREFIX + "extension-steps",
            300,
            1,
            100_000_000,
            "optimiser steps",
            "length of each prolongation"));
    all.addAll(RejectionSamplingSettings.DECLARED);
    all.addAll(OptimizerSettings.declare(PREFIX, 3e-3, 0.98, 0.01));
    return List.copyOf(all);
  }

  static ColdStartSettings of(Settings settings) {
    return new ColdStartSettings(
        settings.choice(PREFIX + "source", Source.class),
        settings.integer(PREFIX + "steps"),
        settings.integer(PREFIX + "batch"),
        settings.integer(PREFIX + "warmup"),
        settings.decimal(PREFIX + "final-rate"),
        OptimizerSettings.of(PREFIX, settings),
        settings.choice(PREFIX + "gate", Gate.class),
        settings.integer(PREFIX + "extensions"),
        settings.integer(PREFIX + "extension-steps"),
        RejectionSamplingSettings.of(settings));
  }

  /** Whether the policy does without worked examples once it has learned from its own answers. */
  public boolean dropsExamples() {
    return source == Source.OWN_ANSWERS && own.dropExamples();
  }
}
