package io.lanpo.engine.health.rule;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.train.Finding;
import java.util.Optional;

/** Lessons are planned and none was ever shown. */
public final class NoLessons implements Rule {
  private static final String DISTIL = "distil.enabled";
  private static final String FLOOR = "feedback.floor";
  private static final String LIMIT = "sampling.max-tokens";
  private static final String ABSTRACTION = "abstraction";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    boolean planned = run.planned().contains(FeedbackMode.ABSTRACT);
    if (!planned || steps.count("completions") == 0 || steps.count("completions.abstract") > 0) {
      return Optional.empty();
    }
    long lessons = Math.round(steps.latest("poolLessons").orElse(0));
    long failures = steps.count("strategyFailures");
    if (failures > 0) {
      return found(
          steps,
          "strategies failed %d times; see the log, and change %s"
              .formatted(failures, run.written(ABSTRACTION)),
          ABSTRACTION);
    }
    if (lessons == 0) {
      long plain = steps.count("completions.scratch");
      long cut = steps.count("truncated.scratch", "completions.scratch");
      if (plain > 0 && cut >= Steps.NEARLY_ALL * plain) {
        return found(
            steps,
            "%d attempts were cut off, and of such none is distilled; raise %s"
                .formatted(cut, run.written(LIMIT)),
            LIMIT);
      }
      boolean off = run.settings().getOrDefault(DISTIL, "").equals("false");
      return off
          ? found(steps, "the pool has none, and %s".formatted(run.written(DISTIL)), DISTIL)
          : found(
              steps,
              "the pool has none, as of no attempt a lesson could be distilled; have more attempts right, or change %s"
                  .formatted(run.written(ABSTRACTION)),
              ABSTRACTION);
    }
    long withheld = steps.count("lessonsWithheld");
    return found(
        steps,
        "none of the pool's %d is of another problem that is relevant enough%s; lower %s"
            .formatted(
                lessons,
                withheld == 0 ? "" : ", %d times it was of a near-duplicate".formatted(withheld),
                run.written(FLOOR)),
        FLOOR);
  }

  private static Optional<Finding> found(Steps steps, String why, String setting) {
    return Optional.of(
        new Finding(
            "no-lessons",
            "lessons are planned, but none was shown in %s: %s".formatted(steps.words(), why),
            setting));
  }
}
