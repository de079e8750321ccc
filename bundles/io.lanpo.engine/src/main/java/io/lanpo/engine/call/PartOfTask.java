package io.lanpo.engine.call;

import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A task without some of its problems.
 *
 * @param whole the task that poses them
 */
public record PartOfTask(List<Problem> training, List<Problem> heldOut, Task whole)
    implements Task {
  /** The problems with these ids are left out. */
  public static Task withoutIds(Task task, Set<String> ids) {
    Predicate<Problem> kept = problem -> !ids.contains(problem.question().id());
    return ids.isEmpty()
        ? task
        : new PartOfTask(
            task.training().stream().filter(kept).toList(),
            task.heldOut().stream().filter(kept).toList(),
            task);
  }

  /** These problems are left out of training. */
  public static Task without(Task task, Collection<Problem> problems) {
    return problems.isEmpty()
        ? task
        : new PartOfTask(
            task.training().stream().filter(problem -> !problems.contains(problem)).toList(),
            task.heldOut(),
            task);
  }

  @Override
  public Prompt pose(Question question) {
    return whole.pose(question);
  }

  @Override
  public Optional<Curriculum> curriculum() {
    return whole.curriculum();
  }
}
