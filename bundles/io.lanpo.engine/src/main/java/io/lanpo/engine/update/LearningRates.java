package io.lanpo.engine.update;

import io.lanpo.api.objective.Schedule;
import io.lanpo.api.policy.AdamW;
import io.lanpo.engine.call.Named;
import java.util.stream.IntStream;

/**
 * The optimiser of each step of a run.
 *
 * @param schedule the run's schedule
 * @param peak AdamW with the peak learning rate
 * @param steps length of the run
 */
public record LearningRates(Named<Schedule.Rate> schedule, AdamW peak, int steps) {
  /** The optimiser of a step; all updates of the step have it. */
  public AdamW optimizer(int step) {
    double share = share(step);
    return new AdamW(
        peak.learningRate() * share,
        peak.beta1(),
        peak.beta2(),
        peak.epsilon(),
        peak.weightDecay(),
        peak.maxGradientNorm());
  }

  /** The highest share of the peak that a step of the run has. */
  public double highestShare() {
    return IntStream.rangeClosed(1, steps).mapToDouble(this::share).max().orElse(1);
  }

  private double share(int step) {
    double share = schedule.ask(rate -> rate.share(step, steps));
    if (!(share >= 0 && share <= 1)) {
      throw schedule.fault(
          "gave step %d of %d the share %s of the peak, which must be from 0 to 1"
              .formatted(step, steps, share),
          null);
    }
    return share;
  }
}
