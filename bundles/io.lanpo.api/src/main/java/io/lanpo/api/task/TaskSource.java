package io.lanpo.api.task;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that opens a task. Its {@link Setting}s appear in a run's configuration under {@code
 * task.}.
 *
 * <p>Contract: the same settings and seed give the same problems in the same order.
 */
@ConsumerType
public interface TaskSource {
  /** The settings of this source, without the prefix {@code task.}. */
  List<Setting<?>> settings();

  /**
   * Opens the task.
   *
   * @param settings values for {@link #settings()}
   * @param seed fixes everything that is random in the task
   * @throws io.lanpo.api.component.UserException when data is missing or malformed, naming file and
   *     line
   */
  Task open(Settings settings, long seed);
}
