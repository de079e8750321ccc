package io.lanpo.api.objective;

import java.util.List;

/**
 * The judged completions of a step.
 *
 * @param number the step's number, from 1
 * @param groups the groups
 * @param advantages {@code [groups][completions]} as the objective gave them
 */
public record JudgedStep(int number, List<JudgedGroup> groups, List<double[]> advantages) {
  public JudgedStep {
    groups = List.copyOf(groups);
    advantages = List.copyOf(advantages);
  }
}
