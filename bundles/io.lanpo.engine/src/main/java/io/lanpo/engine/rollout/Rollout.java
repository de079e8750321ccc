package io.lanpo.engine.rollout;

import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.reward.Verdict;
import io.lanpo.engine.generate.Written;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One completion with everything that is known about it.
 *
 * @param composed the prompt and its feedback
 * @param promptTokens {@code [P]} the prompt as the policy saw it
 * @param completion what the policy wrote
 * @param allowed the most tokens that it could have had
 * @param written the same as text
 * @param solution the solution within it; empty when a review has none
 * @param verdict how the verifier judged
 * @param accepted whether the verifier accepts it as right in every way
 */
public record Rollout(
    ComposedPrompt composed,
    int[] promptTokens,
    Completion completion,
    int allowed,
    Written written,
    Optional<String> solution,
    Verdict verdict,
    boolean accepted) {

  /** What the policy wrote, all of it. */
  public String text() {
    return written.text();
  }

  /** The same without thinking, as prompts may show it. */
  public String answer() {
    return written.answer();
  }

  /** As an objective sees it, which may change what it is given. */
  JudgedCompletion judged() {
    return new JudgedCompletion(
        composed.mode(),
        composed.lessons(),
        promptTokens.clone(),
        completion.tokens().clone(),
        completion.logProbs().clone(),
        completion.finished(),
        allowed,
        solution,
        reward(),
        accepted,
        new Explanation(verdict.explanation()));
  }

  /** The outcome within a group whose mean reward is the baseline. */
  public Outcome outcome(double baseline) {
    Outcome.Kind kind =
        verdict instanceof Verdict.Scored
            ? Outcome.Kind.SCORED
            : verdict instanceof Verdict.Abstained ? Outcome.Kind.ABSTAINED : Outcome.Kind.FAILED;
    return new Outcome(kind, reward().orElse(0), accepted, baseline, verdict.explanation());
  }

  /** The reward; empty when the verifier abstained or failed. */
  public OptionalDouble reward() {
    return verdict instanceof Verdict.Scored scored
        ? OptionalDouble.of(scored.reward())
        : OptionalDouble.empty();
  }
}
