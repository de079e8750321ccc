package io.lanpo.engine.run.progress;

/**
 * Counters of a run.
 *
 * @param generatedTokens completion tokens sampled for training
 * @param promptTokens prompt tokens read for them
 * @param cpuSeconds processor seconds of the training steps
 * @param wallSeconds elapsed seconds, everything included
 * @param coldStartCpuSeconds processor seconds of the cold start; 0 when it came from the cache
 * @param coldStartGeneratedTokens completion tokens sampled for a cold start from own answers; 0
 *     when it came from the cache
 */
public record Totals(
    long generatedTokens,
    long promptTokens,
    double cpuSeconds,
    double wallSeconds,
    double coldStartCpuSeconds,
    long coldStartGeneratedTokens) {

  public static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0);

  public Totals plusStep(long generated, long prompt, double cpu) {
    return new Totals(
        generatedTokens + generated,
        promptTokens + prompt,
        cpuSeconds + cpu,
        wallSeconds,
        coldStartCpuSeconds,
        coldStartGeneratedTokens);
  }

  public Totals withWall(double seconds) {
    return new Totals(
        generatedTokens,
        promptTokens,
        cpuSeconds,
        seconds,
        coldStartCpuSeconds,
        coldStartGeneratedTokens);
  }

  public Totals withColdStart(double seconds, long tokens) {
    return new Totals(generatedTokens, promptTokens, cpuSeconds, wallSeconds, seconds, tokens);
  }
}
