package io.lanpo.engine.method;

import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.List;
import java.util.Optional;

/** A task of the problems that a test names, posed with a sign behind them. */
public record ListedTask(List<Problem> training, List<Problem> heldOut) implements Task {
  @Override
  public Prompt pose(Question question) {
    return new Prompt.Plain(question.text() + " =");
  }

  @Override
  public Optional<Curriculum> curriculum() {
    return Optional.empty();
  }
}
