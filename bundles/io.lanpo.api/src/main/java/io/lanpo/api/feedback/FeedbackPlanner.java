package io.lanpo.api.feedback;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which completions of a step get which feedback. A run names its planner by {@code
 * planner}; the planner's settings stand in the run under {@code planner.}
 */
@ConsumerType
public interface FeedbackPlanner {
  /** What a run may set, by keys without the prefix. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * Begins to plan for a run.
   *
   * @param settings checked
   * @throws io.lanpo.api.component.UserException for settings that contradict each other
   */
  Plan open(Settings settings);

  /** Plans the steps of one run. What it says depends on its arguments alone. */
  @ConsumerType
  @FunctionalInterface
  interface Plan {
    /**
     * The plan of a step. Feedback that cannot be given, as there is nothing to show, is left out
     * when it comes to it.
     *
     * @param step from 1
     * @param problems problems of the step
     * @param groupSize completions of each
     * @param seed fixes what is random in it; differs from step to step
     * @return {@code [problems][groupSize]}
     */
    List<List<FeedbackMode>> of(int step, int problems, int groupSize, long seed);
  }
}
