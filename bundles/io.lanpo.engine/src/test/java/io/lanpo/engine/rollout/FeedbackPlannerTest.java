package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.engine.config.FeedbackSettings.Attempts;
import io.lanpo.engine.config.FeedbackSettings.Plan;
import io.lanpo.engine.generate.Randomness;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackPlannerTest {
  @ParameterizedTest
  @CsvSource({
    "0.4167, 0.4, 7, 3, 2",
    "0, 0.5, 12, 0, 0",
    "1, 1, 0, 0, 12",
    "0.5, 0, 6, 6, 0",
  })
  void aGroupIsDividedByTheShares(
      double ratio, double reflectShare, int scratch, int abstracting, int reflecting) {
    List<List<FeedbackMode>> plan = planner(ratio, reflectShare, Plan.WITHIN_GROUP).plan(1, 3, 12);
    assertEquals(3, plan.size());
    for (List<FeedbackMode> group : plan) {
      assertEquals(scratch, Collections.frequency(group, FeedbackMode.SCRATCH));
      assertEquals(abstracting, Collections.frequency(group, FeedbackMode.ABSTRACT));
      assertEquals(reflecting, Collections.frequency(group, FeedbackMode.REFLECT));
    }
  }

  @Test
  void perPromptGivesAGroupOneModeAndVariesWhich() {
    FeedbackPlanner planner = planner(0.5, 0.5, Plan.PER_PROMPT);
    List<List<FeedbackMode>> plan = planner.plan(1, 8, 4);
    plan.forEach(group -> assertEquals(1, group.stream().distinct().count()));
    List<FeedbackMode> modes = plan.stream().map(group -> group.get(0)).toList();
    assertEquals(4, Collections.frequency(modes, FeedbackMode.SCRATCH));
    assertEquals(2, Collections.frequency(modes, FeedbackMode.ABSTRACT));
    assertEquals(2, Collections.frequency(modes, FeedbackMode.REFLECT));
    assertEquals(plan, planner.plan(1, 8, 4));
    assertNotEquals(plan, planner.plan(2, 8, 4));
  }

  private static FeedbackPlanner planner(double ratio, double reflectShare, Plan plan) {
    return new FeedbackPlanner(
        new FeedbackSettings(ratio, reflectShare, plan, Attempts.STEP, 1, 0.6, 0, 0.1, 100, 0.15),
        new Randomness(5));
  }
}
