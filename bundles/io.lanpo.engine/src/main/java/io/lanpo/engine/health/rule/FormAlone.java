package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;

/** Every completion gets one and the same reward above 0 and none is right: it is for its form. */
public final class FormAlone implements Rule {
  static final String KIND = "form-alone";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    boolean constant =
        steps.all("accuracy", accuracy -> accuracy == 0)
            && steps.all("reward", reward -> reward > 0)
            && steps.all("rewardStd", deviation -> deviation < 1e-9);
    return constant
        ? Optional.of(
            new Finding(
                KIND,
                "all %d completions of %s got the reward %s and none was accepted as right: it is for their form alone; take easier problems, or a verifier other than %s that tells them apart"
                    .formatted(
                        steps.count("completions"),
                        steps.words(),
                        Steps.shown(steps.latest("reward").orElse(0)),
                        run.written("verifier")),
                "verifier"))
        : Optional.empty();
  }
}
