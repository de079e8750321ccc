package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * Demonstrations that the policy makes itself. They are the same for the baseline, so that it and
 * LANPO begin with one policy: feedback and lessons are as they are written, whatever the
 * algorithm.
 *
 * <p>What a value means stands in the declaration of its setting.
 *
 * @param feedback which lessons may be shown
 */
public record RejectionSamplingSettings(
    int problems,
    int samples,
    double temperature,
    int keep,
    int leastKept,
    boolean dropExamples,
    FeedbackSettings feedback,
    DistillSettings distill) {
  static final Setting<Integer> PROBLEMS =
      Setting.integer(
          "coldstart.problems",
          200,
          1,
          10_000_000,
          "problems",
          "own-answers: training problems that are posed");

  static final Setting<Integer> SAMPLES =
      Setting.integer(
          "coldstart.samples",
          4,
          1,
          4096,
          "completions",
          "own-answers: completions per problem and kind: plain, reviewing, with lessons");

  static final Setting<Double> SAMPLING_TEMPERATURE =
      Setting.decimal(
          "coldstart.sampling-temperature",
          0,
          0,
          10,
          "",
          "own-answers: temperature of sampling answers and reviews; 0: that of the run");

  static final Setting<Integer> KEEP =
      Setting.integer(
          "coldstart.keep",
          2,
          1,
          4096,
          "completions",
          "own-answers: most right completions that are kept per problem and kind");

  static final Setting<Integer> LEAST_KEPT =
      Setting.integer(
          "coldstart.least-kept",
          64,
          1,
          10_000_000,
          "demonstrations",
          "own-answers: a run that has fewer of them is refused");

  static final Setting<Boolean> DROP_EXAMPLES =
      Setting.flag(
          "coldstart.drop-examples",
          false,
          "own-answers: worked examples are shown only while these are sampled; the model learns"
              + " to answer without, and is trained and evaluated without");

  static final List<Setting<?>> DECLARED =
      List.of(PROBLEMS, SAMPLES, SAMPLING_TEMPERATURE, KEEP, LEAST_KEPT, DROP_EXAMPLES);

  static RejectionSamplingSettings of(Settings settings) {
    return new RejectionSamplingSettings(
        settings.get(PROBLEMS),
        settings.get(SAMPLES),
        settings.get(SAMPLING_TEMPERATURE),
        settings.get(KEEP),
        settings.get(LEAST_KEPT),
        settings.get(DROP_EXAMPLES),
        FeedbackSettings.of(settings),
        DistillSettings.of(settings));
  }
}
