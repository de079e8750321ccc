package io.lanpo.api.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The learning rate over the training steps of a run. A run names its schedule by {@code schedule};
 * the schedule's settings stand in the run under {@code schedule.}
 */
@ConsumerType
public interface Schedule {
  /** What a run may set, by keys without the prefix. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * The rates of a run.
   *
   * @param settings checked
   * @throws io.lanpo.api.component.UserException for settings that contradict each other
   */
  Rate open(Settings settings);

  /**
   * The rates of one run. They go by the step's number alone, so that a run that was stopped goes
   * on with the same ones.
   */
  @ConsumerType
  @FunctionalInterface
  interface Rate {
    /**
     * The learning rate of a step; all optimiser updates of the step have it.
     *
     * @param step from 1 to {@code steps}
     * @param steps length of the run
     * @return share of the peak {@code optimizer.learning-rate}, 0 to 1
     */
    double share(int step, int steps);
  }
}
