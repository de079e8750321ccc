package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.FeedbackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the attempt that a review sees. The choice goes by position alone: rewards and verdicts,
 * which the pool knows, are not consulted.
 */
record AttemptSelector(ExperiencePool pool, FeedbackSettings feedback) {
  /**
   * The attempt for a review.
   *
   * @param questions the questions of the step
   * @param stepAttempts for each of them, the finished plain attempts of this step
   * @param index which question the review is for
   * @param turn counts the reviews of that question within the step, from 0
   * @return empty when there is no attempt to show
   */
  Optional<Attempt> choose(
      List<Question> questions, List<List<String>> stepAttempts, int index, int turn) {
    Question question = questions.get(index);
    return switch (feedback.attempts()) {
      case STEP -> {
        List<String> own = stepAttempts.get(index);
        yield own.isEmpty() ? fromPool(question, turn) : Optional.of(attempt(question, own, turn));
      }
      case POOL -> fromPool(question, turn);
      case OTHER -> {
        // Blind control: the next question's attempt under this question's name.
        List<String> other = stepAttempts.get((index + 1) % stepAttempts.size());
        yield other.isEmpty() ? Optional.empty() : Optional.of(attempt(question, other, turn));
      }
    };
  }

  private Optional<Attempt> fromPool(Question question, int turn) {
    List<String> past = new ArrayList<>();
    for (Experience trial : pool.attempts(question.id())) {
      if (trial.finished() && trial.mode() == FeedbackMode.SCRATCH && !trial.attempt().isBlank()) {
        past.add(0, trial.attempt());
      }
    }
    return past.isEmpty() ? Optional.empty() : Optional.of(attempt(question, past, turn));
  }

  private static Attempt attempt(Question question, List<String> texts, int turn) {
    return new Attempt(question, texts.get(turn % texts.size()));
  }
}
