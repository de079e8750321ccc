package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;

/** Updates take place at a learning rate of 0. */
public final class LearningRateZero implements Rule {
  private static final String PEAK = "optimizer.learning-rate";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    if (!run.learns() || !steps.all("learningRate", rate -> rate == 0)) {
      return Optional.empty();
    }
    String setting = run.is(PEAK, 0) ? PEAK : "schedule";
    return Optional.of(
        new Finding(
            "learning-rate-zero",
            "the learning rate was 0 in %s, so that updates changed nothing; raise %s"
                .formatted(steps.words(), run.written(setting)),
            setting));
  }
}
