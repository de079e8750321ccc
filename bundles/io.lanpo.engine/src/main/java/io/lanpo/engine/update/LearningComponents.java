package io.lanpo.engine.update;

import io.lanpo.api.objective.Objective;
import io.lanpo.engine.call.Named;

/**
 * What decides on learning in a run.
 *
 * @param objective from judged completions to updates
 * @param rates the learning rates of the steps
 */
public record LearningComponents(Named<Objective.Learning> objective, LearningRates rates) {
  /**
   * Checks what the objective declares of itself, as memory and checkpoints go by it.
   *
   * @throws io.lanpo.api.component.UserException naming the objective
   */
  public LearningComponents {
    int miniBatches = objective.ask(Objective.Learning::miniBatches);
    if (miniBatches < 1) {
      throw objective.fault(
          "divides a step into %d updates, and there must be at least 1".formatted(miniBatches),
          null);
    }
    int refresh = objective.ask(Objective.Learning::referenceRefresh);
    if (refresh < 0) {
      throw objective.fault(
          "renews the reference every %d steps, which must be at least 1, or 0 for never"
              .formatted(refresh),
          null);
    }
  }
}
