package io.lanpo.engine.health.rule;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.train.Finding;
import java.util.Optional;

/** Reviews are planned and no attempt was ever shown. */
public final class NoReviews implements Rule {
  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    boolean planned = run.planned().contains(FeedbackMode.REFLECT);
    if (!planned || steps.count("completions") == 0 || steps.count("completions.reflect") > 0) {
      return Optional.empty();
    }
    long failures = steps.count("strategyFailures");
    long plain = steps.count("completions.scratch");
    long cut = steps.count("truncated.scratch", "completions.scratch");
    if (failures > 0) {
      return found(
          steps,
          "strategies failed %d times; see the log, and change %s",
          failures,
          run.written("reflection"),
          "reflection");
    }
    if (plain > 0 && cut >= Steps.NEARLY_ALL * plain) {
      return found(
          steps,
          "%d attempts were cut off, and such are not reviewed; raise %s",
          cut,
          run.written("sampling.max-tokens"),
          "sampling.max-tokens");
    }
    return found(
        steps,
        "%2$s had none to show, of %1$d plain completions",
        plain,
        run.written("attempts"),
        "attempts");
  }

  private static Optional<Finding> found(
      Steps steps, String why, long count, String written, String setting) {
    return Optional.of(
        new Finding(
            "no-reviews",
            "reviews are planned, but none was sampled in %s: %s"
                .formatted(steps.words(), why.formatted(count, written)),
            setting));
  }
}
