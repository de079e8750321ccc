package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Sampling;
import java.util.List;

/**
 * How completions are sampled.
 *
 * @param answer for plain prompts and prompts with lessons
 * @param review for reviews of an attempt
 * @param lesson for distilling lessons
 */
public record SamplingSettings(Sampling answer, Sampling review, Sampling lesson) {
  static final List<Setting> DECLARED =
      List.of(
          Setting.decimal(
              "sampling.temperature", 1, 0.01, 10, "", "divides the logits of answers and reviews"),
          Setting.integer(
              "sampling.top-k",
              0,
              0,
              1_000_000,
              "tokens",
              "keeps the most probable tokens; 0 keeps all"),
          Setting.decimal(
              "sampling.top-p",
              1,
              0.01,
              1,
              "",
              "keeps the smallest set of tokens with this probability"),
          Setting.integer(
              "sampling.max-tokens",
              512,
              1,
              1_000_000,
              "tokens",
              "longest answer, end token included"),
          Setting.integer(
              "sampling.max-review-tokens",
              1024,
              1,
              1_000_000,
              "tokens",
              "longest review with its refined solution"),
          Setting.integer(
              "sampling.max-lesson-tokens", 128, 1, 1_000_000, "tokens", "longest lesson"),
          Setting.decimal(
              "sampling.lesson-temperature", 0.3, 0, 10, "", "divides the logits of lessons"));

  static SamplingSettings of(Settings settings) {
    int topK = settings.integer("sampling.top-k");
    double topP = settings.decimal("sampling.top-p");
    double temperature = settings.decimal("sampling.temperature");
    return new SamplingSettings(
        new Sampling(temperature, topK, topP, settings.integer("sampling.max-tokens")),
        new Sampling(temperature, topK, topP, settings.integer("sampling.max-review-tokens")),
        Sampling.at(
            settings.decimal("sampling.lesson-temperature"),
            settings.integer("sampling.max-lesson-tokens")));
  }
}
