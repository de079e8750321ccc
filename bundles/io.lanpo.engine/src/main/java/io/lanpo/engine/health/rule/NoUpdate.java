package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.Set;

/**
 * No update was learned from the completions, though nothing that comes before it explains that.
 */
public final class NoUpdate implements Rule {
  private static final String NEGATIVE = "objective.negative-weight";
  private static final String FEEDBACK = "objective.feedback-weight";
  private static final String DISTILLATION = "objective.distillation";
  private static final String MASK = "objective.mask-truncated";

  @Override
  public Set<String> explainedBy() {
    return Set.of(
        Unscored.KIND,
        CutOff.ANSWERS.kind(),
        NoAnswer.KIND,
        FormAlone.KIND,
        NoVariance.TOO_HARD,
        NoVariance.TOO_EASY,
        NoVariance.ALIKE);
  }

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    if (!run.learns() || steps.taught() || !steps.all("updates", updates -> true)) {
      return Optional.empty();
    }
    long groups = steps.count("groups");
    long varied = groups - steps.count("zeroVarianceGroups");
    String setting = cause(steps, run);
    return Optional.of(
        new Finding(
            "no-update",
            "no update was learned from the completions of %s, though in %d of %d groups some stand out by their reward; change %s"
                .formatted(steps.words(), varied, groups, run.written(setting)),
            setting));
  }

  /** What most likely leaves out what could be learned. */
  private static String cause(Steps steps, RunFacts run) {
    boolean masked = run.settings().getOrDefault(MASK, "").equals("true");
    if (masked && steps.count("truncated", "completions") > 0) {
      return MASK;
    }
    if (run.is(FEEDBACK, 0) && run.is(DISTILLATION, 0)) {
      return FEEDBACK;
    }
    return run.is(NEGATIVE, 0) ? NEGATIVE : "objective";
  }
}
