package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How completions are sampled.
 *
 * @param answer for plain prompts and prompts with lessons
 * @param review for reviews of an attempt
 * @param lesson for distilling lessons
 * @param condensing for condensing them
 */
public record SamplingSettings(
    Sampling answer, Sampling review, Sampling lesson, Sampling condensing) {
  static final Setting<Double> TEMPERATURE =
      Setting.decimal(
          "sampling.temperature", 1, 0.01, 10, "", "divides the logits of answers and reviews");

  static final Setting<Integer> TOP_K =
      Setting.integer(
          "sampling.top-k",
          0,
          0,
          1_000_000,
          "tokens",
          "keeps the most probable tokens; 0 keeps all");

  static final Setting<Double> TOP_P =
      Setting.decimal(
          "sampling.top-p",
          1,
          0.01,
          1,
          "",
          "keeps the smallest set of tokens with this probability");

  static final Setting<Double> MIN_P =
      Setting.decimal(
          "sampling.min-p",
          0,
          0,
          1,
          "share",
          "keeps tokens at least this many times as probable as the most probable one");

  static final Setting<String> STOP =
      Setting.text(
          "sampling.stop",
          "",
          "texts that end an answer or a review, separated by |; \\n stands for a line break");

  static final Setting<Integer> MAX_TOKENS =
      Setting.integer(
          "sampling.max-tokens", 512, 1, 1_000_000, "tokens", "longest answer, end token included");

  static final Setting<Integer> MAX_REVIEW_TOKENS =
      Setting.integer(
          "sampling.max-review-tokens",
          1024,
          1,
          1_000_000,
          "tokens",
          "longest review with its refined solution");

  static final Setting<Integer> MAX_LESSON_TOKENS =
      Setting.integer("sampling.max-lesson-tokens", 128, 1, 1_000_000, "tokens", "longest lesson");

  static final Setting<Integer> MAX_CONDENSED_TOKENS =
      Setting.integer(
          "sampling.max-condensed-tokens",
          256,
          1,
          1_000_000,
          "tokens",
          "longest text into which lessons are condensed, where the abstraction strategy condenses");

  static final Setting<Double> LESSON_TEMPERATURE =
      Setting.decimal(
          "sampling.lesson-temperature",
          0.3,
          0,
          10,
          "",
          "divides the logits of lessons and of what they are condensed into");

  static final List<Setting<?>> DECLARED =
      List.of(
          TEMPERATURE,
          TOP_K,
          TOP_P,
          MIN_P,
          STOP,
          MAX_TOKENS,
          MAX_REVIEW_TOKENS,
          MAX_LESSON_TOKENS,
          MAX_CONDENSED_TOKENS,
          LESSON_TEMPERATURE);

  static SamplingSettings of(Settings settings) {
    return new SamplingSettings(
        shaped(settings, MAX_TOKENS),
        shaped(settings, MAX_REVIEW_TOKENS),
        Sampling.at(settings.get(LESSON_TEMPERATURE), settings.get(MAX_LESSON_TOKENS)),
        Sampling.at(settings.get(LESSON_TEMPERATURE), settings.get(MAX_CONDENSED_TOKENS)));
  }

  /**
   * What keeps answers and reviews from being sampled from the whole distribution, as it is
   * written; empty when nothing does.
   */
  public String cut() {
    List<String> cuts = new ArrayList<>();
    if (answer.topK() > 0) {
      cuts.add("%s = %d".formatted(TOP_K.key(), answer.topK()));
    }
    if (answer.topP() < 1) {
      cuts.add("%s = %s".formatted(TOP_P.key(), answer.topP()));
    }
    if (answer.minP() > 0) {
      cuts.add("%s = %s".formatted(MIN_P.key(), answer.minP()));
    }
    return String.join(", ", cuts);
  }

  /** The same with another temperature of answers and reviews; 0 leaves it as it is. */
  public SamplingSettings at(double temperature) {
    return temperature == 0
        ? this
        : new SamplingSettings(
            at(temperature, answer), at(temperature, review), lesson, condensing);
  }

  private static Sampling at(double temperature, Sampling how) {
    return new Sampling(
        temperature, how.topK(), how.topP(), how.minP(), how.maxTokens(), how.stop());
  }

  private static Sampling shaped(Settings settings, Setting<Integer> length) {
    return new Sampling(
        settings.get(TEMPERATURE),
        settings.get(TOP_K),
        settings.get(TOP_P),
        settings.get(MIN_P),
        settings.get(length),
        stopTexts(settings.get(STOP)));
  }

  private static List<String> stopTexts(String written) {
    return Arrays.stream(written.replace("\\n", "\n").split("\\|"))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
