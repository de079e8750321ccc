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
import java.util.OptionalInt;

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
        List<String> other = stepAttempts.get(next(questions, index));
        yield other.isEmpty() ? Optional.empty() : Optional.of(attempt(question, other, turn));
      }
    };
  }

  /**
   * The problem of which this step has to sample an attempt so that there is one for a review.
   *
   * @param questions the questions of the step
   * @param tried for each of them, whether the step has plain attempts of its own
   * @param index which question the review is for
   * @return empty when there is an attempt, or when only those of earlier steps are shown
   */
  OptionalInt lacking(List<Question> questions, List<Boolean> tried, int index) {
    int shown =
        feedback.attempts() == FeedbackSettings.Attempts.OTHER ? next(questions, index) : index;
    boolean there =
        switch (feedback.attempts()) {
          case STEP -> tried.get(shown) || !past(questions.get(shown)).isEmpty();
          case OTHER -> tried.get(shown);
          case POOL -> true;
        };
    return there ? OptionalInt.empty() : OptionalInt.of(shown);
  }

  private static int next(List<Question> questions, int index) {
    return (index + 1) % questions.size();
  }

  private Optional<Attempt> fromPool(Question question, int turn) {
    List<String> past = past(question);
    return past.isEmpty() ? Optional.empty() : Optional.of(attempt(question, past, turn));
  }

  /** Finished plain attempts of earlier steps, the newest first. */
  private List<String> past(Question question) {
    List<String> past = new ArrayList<>();
    for (Experience trial : pool.attempts(question)) {
      if (trial.finished() && trial.mode() == FeedbackMode.SCRATCH && !trial.attempt().isBlank()) {
        past.add(0, trial.attempt());
      }
    }
    return past;
  }

  private static Attempt attempt(Question question, List<String> texts, int turn) {
    return new Attempt(question, texts.get(turn % texts.size()));
  }
}
