package io.lanpo.engine.rollout;

import io.lanpo.api.task.Problem;
import java.util.List;

/**
 * Dynamic sampling (DAPO, arXiv 2503.14476): as long as fewer groups of a step have differing
 * rewards than it draws problems, as many problems again are sampled, up to a bound. Which ones
 * depends on the seed and the step, and not on what was sampled before, so that the order of
 * problems of the steps to come stays as it is.
 *
 * @param order draws problems
 * @param planner plans their feedback as that of a step's first problems
 * @param problems how many problems a step draws, and groups it learns from at most
 * @param mostRounds how often a step samples again; 0: never, and it learns from all groups
 */
record Refill(ProblemOrder order, StepPlanner planner, int problems, int mostRounds) {
  /** How many groups of a step are learned from at most, of those with differing rewards. */
  int most() {
    return mostRounds == 0 ? 0 : problems;
  }

  /** Adds another round of problems to a step where it lacks groups; says whether it did. */
  boolean extend(int step, RolloutBatch batch) {
    return batch.rounds() <= mostRounds && batch.varied() < problems && add(step, batch);
  }

  /** Adds another round of problems to a step; says whether there were any left. */
  boolean add(int step, RolloutBatch batch) {
    List<Problem> further = order.further(step, batch.questions(), problems);
    if (further.isEmpty()) {
      return false;
    }
    batch.add(further, planner.plan(step, batch.rounds(), further.size()));
    return true;
  }
}
