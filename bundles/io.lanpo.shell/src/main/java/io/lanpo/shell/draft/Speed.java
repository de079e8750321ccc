package io.lanpo.shell.draft;

/**
 * How long a model takes here, by its number of weights and a rate of matrix products that was
 * measured on this machine. An estimate: attention, short products and whatever else the machine
 * does are in the share of the rate that is reached, as measured in docs/results/speed.md.
 *
 * @param parameters of the model
 * @param product rate of a large matrix product in GFLOP/s
 * @param read rate of reading memory in GB/s
 * @param half whether weights are multiplied in bf16
 */
record Speed(long parameters, double product, double read, boolean half) {
  /** Of the product's rate; 0.6 to 0.95 was measured in sampling, 0.66 to 0.78 in updates. */
  private static final double REACHED = 0.65;

  /** Operations of a token and weight, forwards; backwards takes twice as many. */
  private static final double FORWARD = 2e-9;

  private static final double UPDATE = 6e-9;

  /** Gigabytes of a weight in f32; one token of a few rows reads all weights. */
  private static final double WEIGHT = 4e-9;

  /**
   * Seconds to sample.
   *
   * @param prompts different prompts
   * @param promptTokens of each
   * @param group completions of each
   * @param tokens of each completion
   */
  double sampling(int prompts, int promptTokens, int group, int tokens) {
    double all = (double) prompts * promptTokens + (double) prompts * group * tokens;
    double reading = tokens * (half ? WEIGHT / 2 : WEIGHT) * parameters / read;
    return Math.max(compute(FORWARD * all), reading);
  }

  /** Seconds of an update on such completions. */
  double update(int prompts, int promptTokens, int group, int tokens, boolean recomputing) {
    double all = (double) prompts * promptTokens + (double) prompts * group * tokens;
    return compute((recomputing ? UPDATE + FORWARD : UPDATE) * all);
  }

  private double compute(double billionsAWeight) {
    return billionsAWeight * parameters / (product * REACHED);
  }
}
