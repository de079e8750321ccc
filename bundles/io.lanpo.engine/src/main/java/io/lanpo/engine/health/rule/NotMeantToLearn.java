package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;

/** The objective leaves the policy as it is, which is no fault of the run. */
public final class NotMeantToLearn implements Rule {
  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    return run.learns()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Finding.NOT_MEANT_TO_LEARN,
                "%s does not learn: the policy stays as it is, and what the run finds out goes into its pool"
                    .formatted(run.written("objective")),
                "objective"));
  }
}
