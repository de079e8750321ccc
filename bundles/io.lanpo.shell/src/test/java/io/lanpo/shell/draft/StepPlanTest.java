package io.lanpo.shell.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.preview.Lengths;
import io.lanpo.api.preview.TaskPreview;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepPlanTest {
  private static final Map<String, String> RECIPE =
      Map.of(
          "steps", "100",
          "problems", "8",
          "group-size", "8",
          "evaluation.every", "10",
          "evaluation.problems", "64",
          "evaluation.final-problems", "256");

  private static TaskPreview task(int training, int heldOut) {
    return new TaskPreview(
        training, heldOut, 0, List.of(), 0, 0, "", new Lengths(100, 150, 200), Lengths.NONE);
  }

  private static StepPlan plan(int training, int heldOut, long parameters) {
    return StepPlan.of(
        RECIPE, task(training, heldOut), 200, new Speed(parameters, 300, 20, true), false);
  }

  @Test
  void theRecipesSizesStayWhereAStepIsShort() {
    StepPlan plan = plan(5000, 500, 135_000_000);
    assertEquals(8, plan.problems());
    assertEquals(8, plan.group());
    assertEquals(100, plan.steps());
    assertTrue(plan.seconds() > 100 * plan.stepSeconds());
  }

  @Test
  void aLargeModelGetsFewerCompletionsAStep() {
    StepPlan plan = plan(5000, 500, 3_000_000_000L);
    assertTrue(plan.problems() * plan.group() < 64, plan.toString());
    assertTrue(plan.reasons().get("problems").contains("the recipe's own"), plan.toString());
    assertTrue(plan.stepSeconds() < plan(5000, 500, 7_000_000_000L).stepSeconds());
  }

  @Test
  void fewProblemsAreNotAskedForEver() {
    StepPlan plan = plan(40, 10, 135_000_000);
    assertEquals(50, plan.steps()); // ten passes
    assertEquals(10, plan.evaluated());
    assertEquals(3, plan(3, 1, 135_000_000).problems());
  }
}
