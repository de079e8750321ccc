package io.lanpo.tasks.micro;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The micro-world: {@code zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .}
 *
 * <p>An operator permutes three digits, then overwrites one of them. What an operator means is
 * fixed by the seed; a policy learns it from rewards. Every problem carries one worked example that
 * only one rule fits, so that a review can test the plan of an attempt without any reward or
 * answer.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("micro-world")
public final class MicroWorld implements TaskSource {
  /** There are 720 lists of three different digits; some must be left for examples. */
  private static final int MOST_TRAINING_INPUTS = 500;

  private static final int MOST_HELD_OUT_INPUTS = 100;

  static final Setting<Integer> OPERATORS =
      Setting.integer(
          "operators", 12, 1, Words.TASK.size(), "operators", "operators to be learned");

  static final Setting<Integer> TRAINING_INPUTS =
      Setting.integer(
          "training-inputs",
          120,
          1,
          MOST_TRAINING_INPUTS,
          "problems",
          "training problems per operator");

  static final Setting<Integer> HELD_OUT_INPUTS =
      Setting.integer(
          "held-out-inputs",
          16,
          1,
          MOST_HELD_OUT_INPUTS,
          "problems",
          "problems per operator that are kept for evaluation");

  static final Setting<Integer> KNOWN_OPERATORS =
      Setting.integer(
          "known-operators",
          12,
          0,
          Words.KNOWN.size(),
          "operators",
          "operators that the demonstrations give a rule of their own");

  static final Setting<Boolean> INTRODUCE_OPERATORS =
      Setting.flag(
          "introduce-operators",
          true,
          "whether the cold start uses the words of the operators to be learned, with another"
              + " random rule each time, so that they are fluent but unknown");

  private static final List<Setting<?>> SETTINGS =
      List.of(OPERATORS, TRAINING_INPUTS, HELD_OUT_INPUTS, KNOWN_OPERATORS, INTRODUCE_OPERATORS);

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  @Override
  public Task open(Settings settings, long seed) {
    return MicroTask.draw(
        seed,
        new MicroTask.Size(
            settings.get(OPERATORS),
            settings.get(TRAINING_INPUTS),
            settings.get(HELD_OUT_INPUTS),
            settings.get(KNOWN_OPERATORS),
            settings.get(INTRODUCE_OPERATORS)));
  }
}
