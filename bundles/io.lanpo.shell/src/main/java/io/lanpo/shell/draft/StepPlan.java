package io.lanpo.shell.draft;

import io.lanpo.api.preview.TaskPreview;
import io.lanpo.api.train.EvaluationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many problems and completions a step has, and how many steps and evaluations there are, from
 * what they cost.
 *
 * @param problems of a step
 * @param group completions of a problem
 * @param steps training steps
 * @param evaluated problems of the evaluations before and after
 * @param stepSeconds of a step, estimated
 * @param seconds of the whole run, estimated
 * @param reasons why, by key
 */
record StepPlan(
    int problems,
    int group,
    int steps,
    int evaluated,
    double stepSeconds,
    double seconds,
    Map<String, String> reasons) {
  private static final String PROBLEMS = "problems";
  private static final String GROUP = "group-size";
  private static final String STEPS = "steps";
  private static final String FINAL = "evaluation.final-problems";

  /** Groups of fewer than four seldom have both right and wrong completions. */
  private static final int[][] SMALLER = {{4, 8}, {4, 4}, {2, 4}};

  private static final double LONGEST_STEP = 600;
  private static final int MOST_PASSES = 10;
  private static final int FEWEST_STEPS = 10;

  /** Reviews, lessons and what distils them come on top of plain completions. */
  private static final double FEEDBACK = 1.4;

  private static final int FEW_EVALUATED = 64;
  private static final double EVALUATED_SHARE = 0.25;

  /**
   * @param recipe values that the recipe has
   * @param tokens of a completion in the middle
   */
  static StepPlan of(
      Map<String, String> recipe, TaskPreview task, int tokens, Speed speed, boolean recomputing) {
    int prompt = task.prompts().median();
    int problems = Math.min(number(recipe, PROBLEMS), task.training());
    int group = number(recipe, GROUP);
    double step = step(problems, group, prompt, tokens, speed, recomputing);
    String sizes = "%d completions a step, about %s".formatted(problems * group, Costs.span(step));
    for (int[] smaller : SMALLER) {
      if (step <= LONGEST_STEP) {
        break;
      }
      problems = Math.min(smaller[0], task.training());
      group = smaller[1];
      double before = step;
      step = step(problems, group, prompt, tokens, speed, recomputing);
      sizes =
          "%d completions a step, about %s; the recipe's own number would take %s or more"
              .formatted(problems * group, Costs.span(step), Costs.span(before));
    }
    int usual = number(recipe, STEPS);
    int passes = (MOST_PASSES * task.training() + problems - 1) / problems;
    int steps = Math.min(usual, Math.max(FEWEST_STEPS, passes));
    int asked = number(recipe, FINAL);
    int evaluated = asked == 0 ? task.heldOut() : Math.min(asked, task.heldOut());
    String enough =
        "before and after the run, in %d modes".formatted(EvaluationMode.ofRuns().size());
    double both = both(evaluated, prompt, tokens, speed);
    if (both > EVALUATED_SHARE * steps * step && evaluated > FEW_EVALUATED) {
      enough += "; the recipe's %d would take %s".formatted(evaluated, Costs.span(both));
      evaluated = FEW_EVALUATED;
      both = both(evaluated, prompt, tokens, speed);
    }
    int every = number(recipe, "evaluation.every");
    int between = every == 0 ? 0 : steps / every;
    double meanwhile =
        between
            * speed.sampling(
                Math.min(number(recipe, "evaluation.problems"), task.heldOut()), prompt, 1, tokens);
    return new StepPlan(
        problems,
        group,
        steps,
        evaluated,
        step,
        steps * step + both + meanwhile,
        Map.of(
            PROBLEMS,
            sizes,
            GROUP,
            "completions of a problem; where all are right or all wrong, nothing is learned",
            STEPS,
            "%.1f passes over the %,d training problems"
                .formatted(steps * problems / (double) task.training(), task.training()),
            FINAL,
            enough));
  }

  private static double step(
      int problems, int group, int prompt, int tokens, Speed speed, boolean recomputing) {
    return FEEDBACK * speed.sampling(problems, prompt, group, tokens)
        + speed.update(problems, prompt, group, tokens, recomputing);
  }

  private static double both(int evaluated, int prompt, int tokens, Speed speed) {
    return 2
        * EvaluationMode.ofRuns().size()
        * speed.sampling(Math.max(1, evaluated), prompt, 1, tokens);
  }

  private static int number(Map<String, String> recipe, String key) {
    return Integer.parseInt(recipe.getOrDefault(key, "0"));
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Map<String, Integer> values =
        Map.of(PROBLEMS, problems, GROUP, group, STEPS, steps, FINAL, Math.max(1, evaluated));
    for (String key : List.of(STEPS, PROBLEMS, GROUP, FINAL)) {
      lines.add(new Line(key, String.valueOf(values.get(key)), reasons.getOrDefault(key, "")));
    }
    return lines;
  }
}
