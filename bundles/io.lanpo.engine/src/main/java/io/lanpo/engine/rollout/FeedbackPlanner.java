package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.util.MathArrays;

/**
 * Decides which completions get which feedback. The counts follow from the shares by rounding and
 * do not vary from step to step; only which problems they fall on does.
 */
record FeedbackPlanner(FeedbackSettings feedback, Randomness randomness) {
  /**
   * The plan of a step.
   *
   * @return {@code [problems][groupSize]} modes
   */
  List<List<FeedbackMode>> plan(int step, int problems, int groupSize) {
    if (feedback.plan() == FeedbackSettings.Plan.WITHIN_GROUP) {
      return Collections.nCopies(problems, modes(groupSize));
    }
    List<FeedbackMode> ofPrompts = modes(problems);
    int[] order = MathArrays.natural(problems);
    MathArrays.shuffle(order, randomness.stream("plan", step));
    List<List<FeedbackMode>> plan = new ArrayList<>(problems);
    for (int problem : order) {
      plan.add(Collections.nCopies(groupSize, ofPrompts.get(problem)));
    }
    return plan;
  }

  /**
   * Modes in proportion to the shares: plain ones first, then abstracting, then reflecting ones.
   */
  private List<FeedbackMode> modes(int count) {
    int withFeedback = (int) Math.round(feedback.ratio() * count);
    int reflecting = (int) Math.round(feedback.reflectShare() * withFeedback);
    FeedbackMode[] modes = new FeedbackMode[count];
    Arrays.fill(modes, FeedbackMode.SCRATCH);
    Arrays.fill(modes, count - withFeedback, count - reflecting, FeedbackMode.ABSTRACT);
    Arrays.fill(modes, count - reflecting, count, FeedbackMode.REFLECT);
    return List.of(modes);
  }
}
