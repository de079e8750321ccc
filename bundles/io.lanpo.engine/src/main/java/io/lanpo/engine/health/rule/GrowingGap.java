package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.OptionalDouble;

/** What samples and what learns compute other probabilities, more so than at first. */
public final class GrowingGap implements Rule {
  private static final double LEAST = 0.05;
  private static final double GROWTH = 3;

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    OptionalDouble before = steps.meanAtFirst("logProbGap");
    OptionalDouble now = steps.mean("logProbGap");
    boolean grown =
        before.isPresent()
            && now.isPresent()
            && now.getAsDouble() >= LEAST
            && now.getAsDouble() >= GROWTH * before.getAsDouble();
    boolean stale = run.is("staleness", 1);
    String setting =
        stale
            ? "optimizer.learning-rate"
            : run.settings().getOrDefault("policy.rollout-precision", "same").equals("same")
                ? "policy.precision"
                : "policy.rollout-precision";
    return grown
        ? Optional.of(
            new Finding(
                "log-prob-gap",
                "log-probabilities of sampling and of learning differ by %s nats a token in %s, %s at first; %s %s, or set objective.correction = always"
                    .formatted(
                        Steps.shown(now.getAsDouble()),
                        steps.words(),
                        Steps.shown(before.getAsDouble()),
                        stale ? "lower" : "raise",
                        run.written(setting)),
                setting))
        : Optional.empty();
  }
}
