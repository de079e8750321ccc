package io.lanpo.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.StepUpdates;
import java.util.List;
import java.util.function.Predicate;

/**
 * Options that mean something only where another one is on. To set one of them alone contradicts
 * nothing: a file may say how a penalty is shaped, and an experiment turn it off. A run tells of
 * it.
 */
final class Companions {
  /**
   * An option that goes with another.
   *
   * @param option the option
   * @param off whether the other is off
   * @param other what turns it on, in words
   */
  private record Pair(Setting<?> option, Predicate<Options> off, String other) {}

  private static final List<Pair> ALL =
      List.of(
          new Pair(
              Options.OVERLONG_PENALTY,
              options -> options.overlong().buffer() == 0,
              "objective.overlong-buffer above 0"),
          new Pair(
              Options.OVERLONG_BUFFER,
              options -> options.overlong().factor() == 0,
              "objective.overlong-penalty above 0"),
          new Pair(
              StepUpdates.CONSTANT_LENGTH,
              options -> options.updates().aggregation() != Aggregation.CONSTANT,
              "objective.aggregation = constant"),
          new Pair(
              Options.KL_ESTIMATOR, options -> options.kl().weight() == 0, "objective.kl above 0"),
          new Pair(
              StepUpdates.LEAST_TO_SPLIT,
              options -> options.updates().miniBatches().most() == 1,
              "objective.mini-batches above 1"),
          new Pair(
              StepUpdates.REPLAY_WEIGHT,
              options -> options.updates().replay().demonstrations() == 0,
              "objective.replay above 0"),
          new Pair(Options.IMPORTANCE_LEVEL, Companions::uncorrected, "objective.correction"),
          new Pair(Options.IMPORTANCE_FORM, Companions::uncorrected, "objective.correction"),
          new Pair(Options.IMPORTANCE_CAP, Companions::uncorrected, "objective.correction"));

  private Companions() {}

  private static boolean uncorrected(Options options) {
    return options.correction() == Options.Correction.NEVER;
  }

  /**
   * What was set beside an objective's own defaults and has no effect.
   *
   * @param declared the objective's settings, with its defaults
   * @param settings their values
   * @return a sentence for each
   */
  static List<String> unused(List<Setting<?>> declared, Settings settings, Options options) {
    return ALL.stream()
        .filter(pair -> pair.off().test(options) && set(pair.option(), declared, settings))
        .map(
            pair ->
                "%s = %s has no effect without %s"
                    .formatted(
                        settings.key(pair.option()),
                        settings.asMap().get(pair.option().key()),
                        pair.other()))
        .toList();
  }

  private static boolean set(Setting<?> option, List<Setting<?>> declared, Settings settings) {
    return declared.stream()
        .filter(own -> own.key().equals(option.key()))
        .noneMatch(own -> own.read(own.defaultValue()).equals(settings.get(option)));
  }
}
