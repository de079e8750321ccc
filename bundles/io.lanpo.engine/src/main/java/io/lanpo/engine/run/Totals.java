package io.lanpo.engine.run;

/**
 * Counters of a run.
 *
 * @param generatedTokens completion tokens sampled for training
 * @param promptTokens prompt tokens read for them
 * @param cpuSeconds processor seconds of the training steps
 * @param wallSeconds elapsed seconds, everything included
 * @param coldStartCpuSeconds processor seconds of the cold start; 0 when it came from the cache
 */
record Totals(
    long generatedTokens,
    long promptTokens,
    double cpuSeconds,
    double wallSeconds,
    double coldStartCpuSeconds) {

  static final Totals ZERO = new Totals(0, 0, 0, 0, 0);

  Totals plusStep(long generated, long prompt, double cpu) {
    return new Totals(
        generatedTokens + generated,
        promptTokens + prompt,
        cpuSeconds + cpu,
        wallSeconds,
        coldStartCpuSeconds);
  }

  Totals withWall(double seconds) {
    return new Totals(generatedTokens, promptTokens, cpuSeconds, seconds, coldStartCpuSeconds);
  }

  Totals withColdStart(double seconds) {
    return new Totals(generatedTokens, promptTokens, cpuSeconds, wallSeconds, seconds);
  }
}
