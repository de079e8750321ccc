package io.lanpo.engine.health;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunState;
import io.lanpo.engine.health.rule.Rules;
import io.lanpo.engine.health.rule.RunFacts;
import io.lanpo.engine.health.rule.Steps;
import io.lanpo.engine.rollout.StepPlanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes along with a run, line by line of its metrics, and tells what keeps it from learning: what
 * has held over the last {@value #WINDOW} steps. It knows nothing but the lines, so that a run that
 * was resumed comes to the same findings.
 */
public final class HealthMonitor {
  /** Steps that a finding is about. */
  static final int WINDOW = 5;

  private final RunFacts run;
  private final List<Map<?, ?>> first = new ArrayList<>();
  private final Deque<Map<?, ?>> last = new ArrayDeque<>();
  private List<Finding> standing = List.of();
  private int steps;
  private boolean learned;

  /**
   * @param run how the run is set up
   */
  public HealthMonitor(RunFacts run) {
    this.run = run;
  }

  /** Goes along with a run of these settings from its first step. */
  public static HealthMonitor of(
      Map<String, String> settings, StepPlanner planner, Objective.Learning objective) {
    return new HealthMonitor(new RunFacts(settings, planned(planner), objective.learns()));
  }

  /** None where the planner fails: the first step asks it again, and says what is wrong. */
  private static Set<FeedbackMode> planned(StepPlanner planner) {
    try {
      return planner.modes();
    } catch (UserException e) {
      return Set.of();
    }
  }

  /**
   * Sees the next step and notes on its line what has come up with it.
   *
   * @return the same as {@link #add}
   */
  public List<Finding> addTo(Map<String, Object> line) {
    List<Finding> found = add(line);
    if (!found.isEmpty()) {
      line.put("findings", found);
    }
    return found;
  }

  /**
   * Sees the next step.
   *
   * @param line its metrics
   * @return what has come up with it: findings of kinds that did not stand a step before
   */
  public List<Finding> add(Map<?, ?> line) {
    steps++;
    if (steps <= WINDOW) {
      first.add(line);
    }
    last.add(line);
    if (last.size() > WINDOW) {
      last.remove();
    }
    learned |= Steps.taught(line) && Steps.number(line, "learningRate").orElse(0) > 0;
    if (steps < WINDOW) {
      return List.of();
    }
    Set<String> before = new HashSet<>();
    standing.forEach(finding -> before.add(finding.kind()));
    standing = now();
    return standing.stream().filter(finding -> !before.contains(finding.kind())).toList();
  }

  /**
   * As of the last step. A run of few steps that does not go on for now is looked at by these.
   *
   * @return empty before the first step of a run that is not over
   */
  public Optional<RunHealth> asOf(RunState state) {
    if (steps == 0 && state != RunState.FINISHED) {
      return Optional.empty();
    }
    boolean few = steps > 0 && steps < WINDOW && state != RunState.RUNNING;
    return Optional.of(new RunHealth(learned, few ? now() : standing));
  }

  private List<Finding> now() {
    boolean grown = steps >= 2 * WINDOW;
    return Rules.findings(new Steps(grown ? first : List.of(), List.copyOf(last)), run);
  }
}
