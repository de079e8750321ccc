package io.lanpo.api.policy;

/**
 * The most that a run asks of a policy at a time, from which its memory is estimated.
 *
 * @param completions completions that are asked for in one call
 * @param groupSize completions that share a prompt
 * @param promptTokens longest prompt in tokens
 * @param completionTokens longest completion in tokens
 * @param training whether the policy is one that learns, so that it has what an optimiser keeps
 * @param trainedTokens longest completion in tokens that an update sees; 0 when there is no update
 */
public record Workload(
    int completions,
    int groupSize,
    int promptTokens,
    int completionTokens,
    boolean training,
    int trainedTokens) {
  public Workload {
    if (completions < 1 || groupSize < 1 || promptTokens < 1 || completionTokens < 1) {
      throw new IllegalArgumentException(
          "a workload has at least one of each; got %d completions in groups of %d, %d and %d tokens"
              .formatted(completions, groupSize, promptTokens, completionTokens));
    }
    if (trainedTokens < 0 || trainedTokens > 0 && !training) {
      throw new IllegalArgumentException(
          "trainedTokens = %d with training = %s".formatted(trainedTokens, training));
    }
  }

  /** One whose completions are learned from as they are, if the policy learns. */
  public Workload(
      int completions, int groupSize, int promptTokens, int completionTokens, boolean training) {
    this(
        completions,
        groupSize,
        promptTokens,
        completionTokens,
        training,
        training ? completionTokens : 0);
  }
}
