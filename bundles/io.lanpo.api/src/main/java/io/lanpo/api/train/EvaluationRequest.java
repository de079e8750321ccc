package io.lanpo.api.train;

import java.util.List;
import java.util.Map;

/**
 * Asks for an evaluation: of which policy, on which problems, how.
 *
 * @param run the run whose policy, settings, task and pool are taken; empty: those of a
 *     configuration
 * @param configuration the run configuration; empty with a run
 * @param checkpoint of a run: the name of one of its checkpoints, or {@code initial} for the policy
 *     before the first step; empty: the newest
 * @param model checkpoint folder of the policy, instead of the run's or the configuration's own;
 *     empty: that one
 * @param overrides key to value on top of the settings, e.g. another task
 * @param part which problems of the task
 * @param problems most problems; 0 for all. Which ones depends on the seed only
 * @param modes which modes
 * @param samples completions per problem
 * @param seed fixes the sampling
 * @param restart whether answers of an earlier, perhaps interrupted evaluation are thrown away
 */
public record EvaluationRequest(
    String run,
    String configuration,
    String checkpoint,
    String model,
    Map<String, String> overrides,
    ProblemPart part,
    int problems,
    List<EvaluationMode> modes,
    int samples,
    long seed,
    boolean restart) {

  /** The name for the policy of a run before its first step. */
  public static final String INITIAL = "initial";

  public EvaluationRequest {
    modes = List.copyOf(modes);
    overrides = Map.copyOf(overrides);
    if (problems < 0 || samples < 1) {
      throw new IllegalArgumentException(
          "problems >= 0, samples >= 1; got %d, %d".formatted(problems, samples));
    }
  }

  /**
   * A run's newest checkpoint on all of its held-out problems.
   *
   * @param run the run's id
   * @param modes which modes
   * @param samples completions per problem
   * @param seed fixes the sampling
   */
  public EvaluationRequest(String run, List<EvaluationMode> modes, int samples, long seed) {
    this(run, "", "", "", Map.of(), ProblemPart.HELD_OUT, 0, modes, samples, seed, false);
  }
}
