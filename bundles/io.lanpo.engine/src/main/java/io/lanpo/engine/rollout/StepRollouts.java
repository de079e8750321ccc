package io.lanpo.engine.rollout;

import io.lanpo.engine.call.CallCounts;
import java.util.List;
import java.util.Map;

/**
 * The completions of a step, sampled and judged, before anything is learned from them.
 *
 * @param step the step's number
 * @param policyVersion updates that the weights had seen which sampled them
 * @param groups a group for each problem
 * @param figures what it took
 * @param seconds elapsed seconds by part
 */
public record StepRollouts(
    int step,
    long policyVersion,
    List<Group> groups,
    Figures figures,
    Map<String, Double> seconds) {

  /**
   * What it took to collect a step's completions.
   *
   * @param generatedTokens completion tokens sampled, those of a judging filter included
   * @param promptTokens prompt tokens read for them
   * @param lessonsWithheld lessons that were not shown, as they come from a near-duplicate
   * @param similarity what the similarity filter counted
   * @param strategies calls and failures of the strategies
   * @param verifier calls and failures of the verifier
   */
  public record Figures(
      long generatedTokens,
      long promptTokens,
      long lessonsWithheld,
      Map<String, Long> similarity,
      CallCounts strategies,
      CallCounts verifier) {}
}
