package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The completions of one problem in one step.
 *
 * @param problem the problem
 * @param rollouts its completions
 * @param meanReward mean over the scored ones; 0 when there is none
 * @param advantages {@code [rollouts]}; 0 where the verifier gave no score
 * @param learned whether the objective is given it; not with dynamic sampling, where its rewards do
 *     not differ or there are enough others
 */
public record Group(
    Problem problem,
    List<Rollout> rollouts,
    double meanReward,
    double[] advantages,
    boolean learned) {
  public Group {
    rollouts = List.copyOf(rollouts);
  }

  /** Completions of which nothing is learned, as long as they have no advantages. */
  public static Group of(Problem problem, List<Rollout> rollouts, double meanReward) {
    return new Group(problem, rollouts, meanReward, new double[rollouts.size()], false);
  }

  /** As an objective sees it: without the answer. */
  public JudgedGroup judged(Task task) {
    return new JudgedGroup(
        problem.question(),
        task.pose(problem.question()),
        rollouts.stream().map(Rollout::judged).toList());
  }

  /** The same, to be learned from with these advantages. */
  Group withAdvantages(double[] by) {
    return new Group(problem, rollouts, meanReward, by, true);
  }

  /** Whether the verifier's rewards differ; −0 does not differ from 0. */
  public boolean varied() {
    return rollouts.stream()
            .flatMapToDouble(r -> r.reward().stream())
            .map(reward -> reward + 0.0)
            .distinct()
            .count()
        > 1;
  }

  /** The finished, scored and not empty solutions, of which it is known whether they are right. */
  public List<JudgedAttempt> judgedAttempts() {
    List<JudgedAttempt> attempts = new ArrayList<>();
    for (Rollout rollout : rollouts) {
      if (rollout.completion().finished() && rollout.reward().isPresent()) {
        rollout
            .solution()
            .filter(s -> !s.isBlank())
            .map(s -> new Attempt(problem.question(), s))
            .map(a -> new JudgedAttempt(a, rollout.accepted()))
            .ifPresent(attempts::add);
      }
    }
    return attempts;
  }

  /** Whether no completion stands out, so that the group has nothing to teach. */
  public boolean zeroVariance() {
    if (!learned) {
      return !varied();
    }
    for (double advantage : advantages) {
      if (advantage != 0) {
        return false;
      }
    }
    return true;
  }
}
