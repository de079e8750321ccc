package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Sampling;
import java.util.Arrays;
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
          Setting.decimal(
              "sampling.min-p",
              0,
              0,
              1,
              "share",
              "keeps tokens at least this many times as probable as the most probable one"),
          Setting.text(
              "sampling.stop",
              "",
              "texts that end an answer or a review, separated by |; \\n stands for a line break"),
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
    return new SamplingSettings(
        shaped(settings, "sampling.max-tokens"),
        shaped(settings, "sampling.max-review-tokens"),
        Sampling.at(
            settings.decimal("sampling.lesson-temperature"),
            settings.integer("sampling.max-lesson-tokens")));
  }

  /** The same with another temperature of answers and reviews; 0 leaves it as it is. */
  public SamplingSettings at(double temperature) {
    return temperature == 0
        ? this
        : new SamplingSettings(at(temperature, answer), at(temperature, review), lesson);
  }

  private static Sampling at(double temperature, Sampling how) {
    return new Sampling(
        temperature, how.topK(), how.topP(), how.minP(), how.maxTokens(), how.stop());
  }

  private static Sampling shaped(Settings settings, String length) {
    return new Sampling(
        settings.decimal("sampling.temperature"),
        settings.integer("sampling.top-k"),
        settings.decimal("sampling.top-p"),
        settings.decimal("sampling.min-p"),
        settings.integer(length),
        stopTexts(settings.text("sampling.stop")));
  }

  private static List<String> stopTexts(String written) {
    return Arrays.stream(written.replace("\\n", "\n").split("\\|"))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
