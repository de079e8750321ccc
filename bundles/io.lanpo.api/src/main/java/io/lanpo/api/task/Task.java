package io.lanpo.api.task;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An opened task: its problems, how it poses them, and its demonstrations if it has any. Immutable.
 */
@ConsumerType
public interface Task {
  /** Problems to learn from; a run draws from these, one that is listed twice twice as often. */
  List<Problem> training();

  /**
   * Problems for evaluation only. A run does not learn from those that are in {@link #training()},
   * too, unless it is told to.
   */
  List<Problem> heldOut();

  /** The prompt that poses a question without any feedback. */
  Prompt pose(Question question);

  /** Demonstrations for a cold start; empty when the task has none. */
  Optional<Curriculum> curriculum();
}
