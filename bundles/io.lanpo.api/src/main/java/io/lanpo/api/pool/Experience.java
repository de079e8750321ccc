package io.lanpo.api.pool;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.task.Question;
import java.util.List;

/**
 * One trial: immutable once stored.
 *
 * @param id unique in the pool
 * @param run the run that made it
 * @param step the run's step, from 1
 * @param policyVersion updates that the policy had seen
 * @param question what was asked
 * @param mode which feedback the prompt carried
 * @param lessons ids of the lessons in the prompt; empty unless {@code mode} is {@code ABSTRACT}
 * @param attempt the solution that the policy wrote
 * @param finished false when the length limit cut the completion
 * @param outcome how the verifier judged
 */
public record Experience(
    String id,
    String run,
    int step,
    long policyVersion,
    Question question,
    FeedbackMode mode,
    List<String> lessons,
    String attempt,
    boolean finished,
    Outcome outcome) {
  public Experience {
    lessons = List.copyOf(lessons);
    if (step < 0 || policyVersion < 0) {
      throw new IllegalArgumentException(
          "step >= 0, policyVersion >= 0; got %d, %d".formatted(step, policyVersion));
    }
  }

  /**
   * A verdict as it is stored.
   *
   * @param kind which verdict it was
   * @param reward the reward; 0 unless {@code kind} is {@code SCORED}
   * @param accepted whether the verifier accepted it as right in every way; only a scored one can
   *     be
   * @param baseline mean reward of the group it belongs to
   * @param explanation the verifier's reason
   */
  public record Outcome(
      Kind kind, double reward, boolean accepted, double baseline, String explanation) {

    public Outcome {
      if (!Double.isFinite(reward) || !Double.isFinite(baseline)) {
        throw new IllegalArgumentException(
            "reward and baseline are finite, got %s and %s".formatted(reward, baseline));
      }
      if (accepted && kind != Kind.SCORED) {
        throw new IllegalArgumentException("an outcome that is " + kind + " cannot be accepted");
      }
    }

    /** Which verdict it was. */
    public enum Kind {
      SCORED,
      ABSTAINED,
      FAILED
    }
  }
}
