package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.GroupAbstraction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the policy distils lessons after a step.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record DistillSettings(boolean enabled, int perProblem, double pitfallShare) {
  static final Setting<Boolean> DISTIL =
      Setting.flag("distil.enabled", true, "whether the policy distils lessons after each step");

  static final Setting<Integer> PER_PROBLEM =
      Setting.integer(
          "distil.per-problem",
          1,
          1,
          64,
          "attempts",
          "most solved attempts, and most failed ones, distilled per problem and step; not of an"
              + " abstraction that compares a group");

  static final Setting<Double> PITFALL_SHARE =
      Setting.decimal(
          "distil.pitfall-share",
          0.5,
          0,
          1,
          "chance",
          "chance that a failed attempt is distilled into a pitfall; not of an abstraction that"
              + " compares a group");

  static final List<Setting<?>> DECLARED = List.of(DISTIL, PER_PROBLEM, PITFALL_SHARE);

  /**
   * What was set and changes nothing with this strategy: one that compares a group is asked once
   * for each problem.
   *
   * @return a sentence for each
   */
  public List<String> unused(AbstractionStrategy abstraction) {
    if (!enabled || !(abstraction instanceof GroupAbstraction)) {
      return List.of();
    }
    return Stream.of(inVain(PER_PROBLEM, perProblem), inVain(PITFALL_SHARE, pitfallShare))
        .flatMap(Optional::stream)
        .toList();
  }

  private static <T> Optional<String> inVain(Setting<T> setting, T value) {
    return setting.read(setting.defaultValue()).equals(value)
        ? Optional.empty()
        : Optional.of(
            "%s = %s changes nothing: the abstraction strategy distils from a whole group, once for each problem"
                .formatted(setting.key(), value));
  }

  DistillSettings none() {
    return new DistillSettings(false, perProblem, pitfallShare);
  }

  static DistillSettings of(Settings settings) {
    return new DistillSettings(
        settings.get(DISTIL), settings.get(PER_PROBLEM), settings.get(PITFALL_SHARE));
  }
}
