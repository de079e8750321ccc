package io.lanpo.engine.run.lifecycle;

/** The evaluations between the steps of a run so far: which was best, and how long ago. */
final class EvaluationHistory {
  /** What their scores are called in the metrics of a step. */
  static final String METRIC = "evaluation.zero-shot";

  private int bestStep;
  private double best = Double.NEGATIVE_INFINITY;
  private int since;

  /**
   * The next evaluation.
   *
   * @return whether it is better than all before
   */
  boolean add(int step, double score) {
    if (score > best) {
      best = score;
      bestStep = step;
      since = 0;
      return true;
    }
    since++;
    return false;
  }

  /** The first step with the best score; 0 before the first evaluation. */
  int bestStep() {
    return bestStep;
  }

  /**
   * Whether so many evaluations in turn were no better.
   *
   * @param patience 0: never
   */
  boolean exhausted(int patience) {
    return patience > 0 && since >= patience;
  }
}
