package io.lanpo.tasks.digits;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a small world is.
 *
 * @param operators how many operators are to be learned
 * @param trainingInputs problems to learn from, per operator
 * @param heldOutInputs problems for evaluation, per operator, about other inputs
 * @param knownOperators how many operators mean the same throughout the demonstrations
 * @param introduce whether the cold start uses the words of the operators to be learned
 */
public record WorldSize(
    int operators, int trainingInputs, int heldOutInputs, int knownOperators, boolean introduce) {
  /** There are 720 lists of three different digits; some must be left for examples. */
  private static final int MOST_TRAINING_INPUTS = 500;

  private static final int MOST_HELD_OUT_INPUTS = 100;

  private static final Setting<Integer> OPERATORS =
      Setting.integer(
          "operators", 12, 1, Operators.TASK.size(), "operators", "operators to be learned");

  private static final Setting<Integer> TRAINING_INPUTS =
      Setting.integer(
          "training-inputs",
          120,
          1,
          MOST_TRAINING_INPUTS,
          "problems",
          "training problems per operator");

  private static final Setting<Integer> HELD_OUT_INPUTS =
      Setting.integer(
          "held-out-inputs",
          16,
          1,
          MOST_HELD_OUT_INPUTS,
          "problems",
          "problems per operator that are kept for evaluation");

  private static final Setting<Integer> KNOWN_OPERATORS =
      Setting.integer(
          "known-operators",
          12,
          0,
          Operators.KNOWN.size(),
          "operators",
          "operators that the demonstrations give a rule of their own");

  private static final Setting<Boolean> INTRODUCE_OPERATORS =
      Setting.flag(
          "introduce-operators",
          true,
          "whether the cold start uses the words of the operators to be learned, with another"
              + " random rule each time, so that they are fluent but unknown");

  public static final List<Setting<?>> SETTINGS =
      List.of(OPERATORS, TRAINING_INPUTS, HELD_OUT_INPUTS, KNOWN_OPERATORS, INTRODUCE_OPERATORS);

  public static WorldSize of(Settings settings) {
    return new WorldSize(
        settings.get(OPERATORS),
        settings.get(TRAINING_INPUTS),
        settings.get(HELD_OUT_INPUTS),
        settings.get(KNOWN_OPERATORS),
        settings.get(INTRODUCE_OPERATORS));
  }

  /** The operators to be learned. */
  List<String> learned() {
    return Operators.TASK.subList(0, operators);
  }

  /** The operators that mean the same throughout the demonstrations. */
  List<String> known() {
    return Operators.KNOWN.subList(0, knownOperators);
  }

  /** Operators of the cold start that mean something else each time. */
  public List<String> practice() {
    List<String> practice = new ArrayList<>(Operators.PRACTICE);
    practice.addAll(Operators.HELD_OUT);
    if (introduce) {
      practice.addAll(Operators.TASK);
    }
    return practice;
  }
}
