package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.OptionalDouble;

/** The policy has gone far from its reference in spite of the penalty on that. */
public final class KlExplosion implements Rule {
  /** Nats a token: as far as if each token had become e times as probable. */
  private static final double FAR = 1;

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    OptionalDouble kl = steps.mean("kl");
    return kl.isPresent() && kl.getAsDouble() >= FAR
        ? Optional.of(
            new Finding(
                "kl-explosion",
                "the policy is %s nats a token away from %s in %s; lower %s or raise %s"
                    .formatted(
                        Steps.shown(kl.getAsDouble()),
                        run.number("objective.reference-refresh", 0) > 0
                            ? "its reference"
                            : "the one before step 1",
                        steps.words(),
                        run.written("optimizer.learning-rate"),
                        run.written("objective.kl")),
                "optimizer.learning-rate"))
        : Optional.empty();
  }
}
