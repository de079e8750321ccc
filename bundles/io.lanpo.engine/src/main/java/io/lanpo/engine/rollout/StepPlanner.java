package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which feedback in a step of a run.
 *
 * @param plan the run's planner
 * @param language whether there is language feedback at all: not in the baseline
 * @param problems problems of a step
 * @param groupSize completions of each
 * @param randomness the run's
 */
public record StepPlanner(
    Named<FeedbackPlanner.Plan> plan,
    boolean language,
    int problems,
    int groupSize,
    Randomness randomness) {

  /** The planner of a run. */
  public static StepPlanner of(Named<FeedbackPlanner.Plan> plan, RunSettings settings) {
    return new StepPlanner(
        plan,
        settings.language(),
        settings.problems(),
        settings.groupSize(),
        new Randomness(settings.seed()));
  }

  /**
   * The plan of a step.
   *
   * @param step from 1
   * @param round 0 for the problems of the step itself, then counts those that are added
   * @param drawn problems of the round
   * @return {@code [drawn][groupSize]}
   */
  List<List<FeedbackMode>> plan(int step, int round, int drawn) {
    return language
        ? planned(step, round, drawn)
        : Collections.nCopies(drawn, Collections.nCopies(groupSize, FeedbackMode.SCRATCH));
  }

  private List<List<FeedbackMode>> planned(int step, int round, int drawn) {
    long seed = round == 0 ? randomness.seed("plan", step) : randomness.seed("plan", step, round);
    List<List<FeedbackMode>> modes = plan.ask(p -> kept(p.of(step, drawn, groupSize, seed)));
    boolean whole = modes.size() == drawn && modes.stream().allMatch(this::whole);
    if (!whole) {
      throw plan.fault(
          "returned a plan that is not one of %d problems with %d completions each"
              .formatted(drawn, groupSize),
          null);
    }
    return modes;
  }

  /** Whether each completion has a mode; what a raw type let in may be anything. */
  private boolean whole(List<?> group) {
    return group.size() == groupSize && group.stream().allMatch(FeedbackMode.class::isInstance);
  }

  /** A plan that nobody changes any more; a group that is none is empty. */
  private static @Nullable List<List<FeedbackMode>> kept(
      @Nullable List<@Nullable List<FeedbackMode>> plan) {
    return plan == null
        ? null
        : plan.stream()
            .<List<FeedbackMode>>map(
                group ->
                    group == null
                        ? List.of()
                        : Collections.unmodifiableList(new ArrayList<>(group)))
            .toList();
  }

  /** How completions are posed, judged by the first step; plainly alone in the baseline. */
  public Set<FeedbackMode> modes() {
    return plan(1, 0, problems).stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  /** Whether the planner gives any feedback in the first step, be it the baseline's or not. */
  public boolean givesFeedback() {
    return planned(1, 0, problems).stream()
        .flatMap(List::stream)
        .anyMatch(mode -> mode != FeedbackMode.SCRATCH);
  }
}
