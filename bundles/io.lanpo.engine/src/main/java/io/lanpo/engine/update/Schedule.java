package io.lanpo.engine.update;

/**
 * The learning rate over the training steps of a run. It goes by the step's number alone, so that a
 * run that was stopped goes on with the same one.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate of a step; all optimiser updates of the step have it.
   *
   * @param step from 1 to {@code steps}
   * @param steps length of the run
   * @return share of the peak, 0 to 1
   */
  double share(int step, int steps);
}
