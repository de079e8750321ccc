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
   * Asks the objective once what it declares of itself.
   *
   * @throws io.lanpo.api.component.UserException naming the objective
   */
  public LearningComponents {
    objective = new Named<>(DeclaredLearning.of(objective), objective.title());
  }
}
