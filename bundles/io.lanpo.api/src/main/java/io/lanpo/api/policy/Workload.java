package io.lanpo.api.policy;

/**
 * The most that a run asks of a policy at a time, from which its memory is estimated.
 *
 * @param completions completions that are asked for in one call
 * @param groupSize completions that share a prompt
 * @param promptTokens longest prompt in tokens
 * @param completionTokens longest completion in tokens
 * @param training whether the policy is updated, or only generates and scores
 */
public record Workload(
    int completions, int groupSize, int promptTokens, int completionTokens, boolean training) {
  public Workload {
    if (completions < 1 || groupSize < 1 || promptTokens < 1 || completionTokens < 1) {
      throw new IllegalArgumentException(
          "a workload has at least one of each; got %d completions in groups of %d, %d and %d tokens"
              .formatted(completions, groupSize, promptTokens, completionTokens));
    }
  }
}
