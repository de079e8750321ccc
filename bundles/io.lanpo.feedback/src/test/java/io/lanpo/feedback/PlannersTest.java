package io.lanpo.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannersTest {
  @ParameterizedTest
  @CsvSource({
    "0.4167, 0.4, 7, 3, 2",
    "0, 0.5, 12, 0, 0",
    "1, 1, 0, 0, 12",
    "0.5, 0, 6, 6, 0",
  })
  void aGroupIsDividedByTheShares(
      String ratio, String reflectShare, int scratch, int abstracting, int reflecting) {
    List<List<FeedbackMode>> plan = plan(new WithinGroup(), ratio, reflectShare).of(1, 3, 12, 5);
    assertEquals(3, plan.size());
    for (List<FeedbackMode> group : plan) {
      assertEquals(scratch, Collections.frequency(group, FeedbackMode.SCRATCH));
      assertEquals(abstracting, Collections.frequency(group, FeedbackMode.ABSTRACT));
      assertEquals(reflecting, Collections.frequency(group, FeedbackMode.REFLECT));
    }
  }

  @Test
  void perPromptGivesAGroupOneModeAndVariesWhich() {
    FeedbackPlanner.Plan planner = plan(new PerPrompt(), "0.5", "0.5");
    List<List<FeedbackMode>> plan = planner.of(1, 8, 4, 5);
    plan.forEach(group -> assertEquals(1, group.stream().distinct().count()));
    List<FeedbackMode> modes = plan.stream().map(group -> group.get(0)).toList();
    assertEquals(4, Collections.frequency(modes, FeedbackMode.SCRATCH));
    assertEquals(2, Collections.frequency(modes, FeedbackMode.ABSTRACT));
    assertEquals(2, Collections.frequency(modes, FeedbackMode.REFLECT));
    assertEquals(plan, planner.of(1, 8, 4, 5));
    assertNotEquals(plan, planner.of(2, 8, 4, 6));
  }

  private static FeedbackPlanner.Plan plan(
      FeedbackPlanner planner, String ratio, String reflectShare) {
    return planner.open(
        Settings.of(
            "test", planner.settings(), Map.of("ratio", ratio, "reflect-share", reflectShare)));
  }
}
