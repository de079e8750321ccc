package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.Set;

/**
 * In no group does a completion stand out by its reward: problems are too hard or too easy, or
 * completions too much alike.
 */
public final class NoVariance implements Rule {
  static final String TOO_HARD = "too-hard";
  static final String TOO_EASY = "too-easy";
  static final String ALIKE = "no-variance";

  private static final String TEMPERATURE = "sampling.temperature";
  private static final double COLD = 0.3;

  @Override
  public Set<String> explainedBy() {
    return Set.of(Unscored.KIND, CutOff.ANSWERS.kind(), NoAnswer.KIND, FormAlone.KIND);
  }

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    long groups = steps.count("groups");
    // a penalty or a bonus makes updates of what stands out by nothing
    boolean teaches =
        steps.taught()
            && run.number("objective.kl", 0) == 0
            && run.number("objective.entropy", 0) == 0;
    if (groups == 0 || teaches || steps.count("zeroVarianceGroups") < groups) {
      return Optional.empty();
    }
    String seen = "%d groups of %s".formatted(groups, steps.words());
    if (run.number(TEMPERATURE, 1) <= COLD) {
      return found(
          ALIKE,
          "within each of the %s all completions were rewarded alike; raise %s"
              .formatted(seen, run.written(TEMPERATURE)),
          TEMPERATURE);
    }
    if (steps.count("allWrongGroups") >= Steps.NEARLY_ALL * groups) {
      return found(
          TOO_HARD,
          "no completion was right in %d of the %s, so that none stands out; take easier problems, a longer cold start or a better model, or raise %s"
              .formatted(steps.count("allWrongGroups"), seen, run.written("group-size")),
          "task");
    }
    if (steps.count("allRightGroups") >= Steps.NEARLY_ALL * groups) {
      return found(
          TOO_EASY,
          "every completion was right in %d of the %s, so that none stands out; take harder problems than those of %s"
              .formatted(steps.count("allRightGroups"), seen, run.written("task")),
          "task");
    }
    return found(
        ALIKE,
        "within each of the %s all completions were rewarded alike; raise %s or %s"
            .formatted(seen, run.written("group-size"), run.written(TEMPERATURE)),
        "group-size");
  }

  private static Optional<Finding> found(String kind, String sentence, String setting) {
    return Optional.of(new Finding(kind, sentence, setting));
  }
}
