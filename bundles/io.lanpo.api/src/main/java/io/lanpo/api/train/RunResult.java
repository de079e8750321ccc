package io.lanpo.api.train;

import java.util.Map;

/**
 * What a finished run came to.
 *
 * @param run the run's id
 * @param steps training steps taken
 * @param generatedTokens completion tokens sampled for training, reviews and lessons included;
 *     evaluation apart
 * @param promptTokens prompt tokens that were read for them
 * @param cpuSeconds processor seconds of the training steps; cold start and evaluation apart
 * @param wallSeconds elapsed seconds from start to result, everything included
 * @param coldStartCpuSeconds processor seconds of the cold start; 0 when it came from the cache
 * @param coldStartGeneratedTokens completion tokens sampled for a cold start from the policy's own
 *     answers; 0 when it came from the cache
 * @param before held-out scores before the first step
 * @param after held-out scores after the last step
 * @param peakMemoryBytes largest resident size of the process; 0 where the system does not tell
 * @param estimatedMemoryBytes what was estimated for it before the run began; 0 when it was not
 */
public record RunResult(
    String run,
    int steps,
    long generatedTokens,
    long promptTokens,
    double cpuSeconds,
    double wallSeconds,
    double coldStartCpuSeconds,
    long coldStartGeneratedTokens,
    Map<EvaluationMode, Score> before,
    Map<EvaluationMode, Score> after,
    long peakMemoryBytes,
    long estimatedMemoryBytes) {
  public RunResult {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }
}
