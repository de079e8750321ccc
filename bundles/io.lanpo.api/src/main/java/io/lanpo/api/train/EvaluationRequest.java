package io.lanpo.api.train;

import java.util.List;

/**
 * Asks for an evaluation of a run's newest checkpoint on the run's held-out problems.
 *
 * @param run the run's id
 * @param modes which modes
 * @param samples completions per problem
 * @param seed fixes the sampling
 */
public record EvaluationRequest(String run, List<EvaluationMode> modes, int samples, long seed) {
  public EvaluationRequest {
    modes = List.copyOf(modes);
  }
}
