package io.lanpo.engine.method;

import io.lanpo.api.task.Problem;
import java.util.List;

/**
 * The completions of one problem in one step.
 *
 * @param problem the problem
 * @param rollouts its completions
 * @param meanReward mean over the scored ones; 0 when there is none
 * @param advantages {@code [rollouts]}; 0 where the verifier gave no score
 */
record Group(Problem problem, List<Rollout> rollouts, double meanReward, double[] advantages) {
  Group {
    rollouts = List.copyOf(rollouts);
  }

  /** Whether no completion stands out, so that the group has nothing to teach. */
  boolean zeroVariance() {
    for (double advantage : advantages) {
      if (advantage != 0) {
        return false;
      }
    }
    return true;
  }
}
