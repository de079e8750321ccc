package io.lanpo.engine.step;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.task.Question;
import io.lanpo.engine.rollout.LogValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line of {@code rollouts.jsonl} says about the experience that it was; see {@link
 * RolloutLog}. A key that is not on the line is null.
 */
public record RolloutLine(
    @Nullable Integer step,
    @Nullable Integer group,
    @Nullable Integer completion,
    @Nullable Long policyVersion,
    @Nullable String problem,
    @Nullable String question,
    @Nullable String mode,
    @Nullable List<String> lessons,
    @Nullable String solution,
    @Nullable Boolean finished,
    @Nullable String verdict,
    @Nullable Double reward,
    @Nullable Double baseline,
    @Nullable String explanation) {

  /** The id that the pool knows a completion by. */
  static String id(String run, int step, int group, int completion) {
    return "%s/%d/%d/%d".formatted(run, step, group, completion);
  }

  /**
   * The experience.
   *
   * @param run the run's id
   * @throws IllegalArgumentException when the line lacks something; the message says what
   */
  public Experience experience(String run) {
    int at = LogValues.needed("step", step);
    return new Experience(
        id(run, at, LogValues.needed("group", group), LogValues.needed("completion", completion)),
        run,
        at,
        policyVersion == null ? 0 : policyVersion,
        new Question(LogValues.needed("problem", problem), LogValues.needed("question", question)),
        LogValues.word("mode", FeedbackMode.class, mode),
        LogValues.needed("lessons", lessons),
        solution == null ? "" : solution,
        LogValues.needed("finished", finished),
        new Outcome(
            LogValues.word("verdict", Outcome.Kind.class, verdict),
            LogValues.needed("reward", reward),
            LogValues.needed("baseline", baseline),
            LogValues.needed("explanation", explanation)));
  }
}
