package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Optional;
import java.util.Set;

/** Looks for one thing that keeps a run from learning. */
public interface Rule {
  /**
   * Looks.
   *
   * @param steps the steps to go by, at least one
   * @param run how the run is set up
   */
  Optional<Finding> check(Steps steps, RunFacts run);

  /** Kinds of findings of which this one is but a consequence, so that it goes without saying. */
  default Set<String> explainedBy() {
    return Set.of();
  }
}
