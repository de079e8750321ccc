package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.OptionalDouble;

/** Nearly all tokens are clipped, so that they have no gradient. */
public final class Clipped implements Rule {
  private static final String LOW = "objective.clip-low";
  private static final String HIGH = "objective.clip-high";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    OptionalDouble share = steps.mean("clippedShare");
    return share.isPresent() && share.getAsDouble() >= Steps.NEARLY_ALL
        ? Optional.of(
            new Finding(
                "clipped",
                "%s of all tokens that were learned from in %s were clipped and taught nothing; widen %s and %s, or lower %s"
                    .formatted(
                        Steps.shown(share.getAsDouble()),
                        steps.words(),
                        run.written(LOW),
                        run.written(HIGH),
                        run.written("optimizer.learning-rate")),
                HIGH))
        : Optional.empty();
  }
}
