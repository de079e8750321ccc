package io.lanpo.engine.method;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.task.Question;
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
    int at = Written.needed("step", step);
    return new Experience(
        id(run, at, Written.needed("group", group), Written.needed("completion", completion)),
        run,
        at,
        policyVersion == null ? 0 : policyVersion,
        new Question(Written.needed("problem", problem), Written.needed("question", question)),
        Written.word("mode", FeedbackMode.class, mode),
        Written.needed("lessons", lessons),
        solution == null ? "" : solution,
        Written.needed("finished", finished),
        new Outcome(
            Written.word("verdict", Outcome.Kind.class, verdict),
            Written.needed("reward", reward),
            Written.needed("baseline", baseline),
            Written.needed("explanation", explanation)));
  }
}
