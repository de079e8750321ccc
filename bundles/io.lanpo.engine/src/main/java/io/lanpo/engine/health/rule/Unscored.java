package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;

/** The verifier abstains on nearly everything, or fails: without a reward nothing is learned. */
public final class Unscored implements Rule {
  static final String KIND = "unscored";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    String said = steps.example().map(Excerpt::said).orElse("");
    return of(steps.count("unscored"), steps.count("completions"), steps.words(), said, run);
  }

  /**
   * The finding.
   *
   * @param unscored completions without a reward
   * @param all completions
   * @param where of what
   * @param said what the verifier says of one, as the end of a clause
   */
  public static Optional<Finding> of(
      long unscored, long all, String where, String said, RunFacts run) {
    return all == 0 || unscored < Steps.NEARLY_ALL * all
        ? Optional.empty()
        : Optional.of(
            new Finding(
                KIND,
                "the verifier gave no reward to %d of %d completions of %s%s; correct the answer keys, or set another verifier than %s"
                    .formatted(unscored, all, where, said, run.written("verifier")),
                "verifier"));
  }
}
