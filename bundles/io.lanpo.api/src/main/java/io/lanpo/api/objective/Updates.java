package io.lanpo.api.objective;

import io.lanpo.api.policy.LossTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The updates of a step.
 *
 * @param step the number of the step that they are of
 * @param terms for each optimiser step the terms of its loss
 * @param idle whether there is nothing to learn in this step: without updates this has to be said
 * @param figures for the metrics of the step, by name, in order; finite. One called as a metric of
 *     the engine takes its place; none may be called {@code step}
 */
public record Updates(
    int step, List<List<LossTerm>> terms, boolean idle, Map<String, Number> figures) {
  public Updates {
    terms = terms.stream().map(List::copyOf).toList();
    figures = new LinkedHashMap<>(figures);
  }

  /** Updates; those without any example are left out, and without any the step is idle. */
  public static Updates of(int step, List<List<LossTerm>> terms, Map<String, Number> figures) {
    List<List<LossTerm>> teaching = new ArrayList<>();
    for (List<LossTerm> update : terms) {
      if (update.stream().anyMatch(term -> !term.examples().isEmpty())) {
        teaching.add(update);
      }
    }
    return new Updates(step, teaching, teaching.isEmpty(), figures);
  }
}
