package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The policy has all but ceased to vary what it writes, and is still wrong often: there is little
 * left to compare. One that has learned the task varies little, too, which is as it should be.
 */
public final class EntropyCollapse implements Rule {
  private static final double LEFT = 0.05;
  private static final double LEARNED = 0.9;

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    OptionalDouble before = steps.meanAtFirst("entropy");
    OptionalDouble now = steps.mean("entropy");
    boolean collapsed =
        before.isPresent()
            && now.isPresent()
            && now.getAsDouble() < LEFT * before.getAsDouble()
            && steps.mean("accuracy").orElse(0) < LEARNED;
    return collapsed
        ? Optional.of(
            new Finding(
                "entropy-collapse",
                "the policy's entropy fell from %s to %s nats a token by %s, while the accuracy is %s; lower %s, or give %s a bonus"
                    .formatted(
                        Steps.shown(before.getAsDouble()),
                        Steps.shown(now.getAsDouble()),
                        steps.words(),
                        Steps.shown(steps.mean("accuracy").orElse(0)),
                        run.written("optimizer.learning-rate"),
                        "objective.entropy"),
                "optimizer.learning-rate"))
        : Optional.empty();
  }
}
