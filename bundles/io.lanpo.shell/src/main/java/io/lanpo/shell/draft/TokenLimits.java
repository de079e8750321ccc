package io.lanpo.shell.draft;

import io.lanpo.api.component.UserException;
import io.lanpo.api.preview.Lengths;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.TaskPreview;
import java.util.List;

/**
 * How long completions may become.
 *
 * @param answer tokens of an answer
 * @param review tokens of a review with its refined solution
 * @param reason why
 */
record TokenLimits(int answer, int review, String reason) {
  private static final int ROUND = 64;
  private static final int LEAST = 192;
  private static final int THOUGHT = 4096;

  /** Of an answer's tokens. */
  private static final double LEAST_REVIEW = 1.5;

  /** What a strategy's prompt has beside problem, attempt and lessons. */
  private static final int WORDS_AROUND = 300;

  /** A completion shorter than this can hold no solution. */
  private static final int USELESS = 64;

  /**
   * @param recipe the recipe's tokens of an answer and of a review
   */
  static TokenLimits of(int recipe, int review, ModelPreview model, TaskPreview task) {
    Lengths solutions = task.solutions();
    int wanted = recipe;
    String reason = "the recipe's; the data has no worked solutions to go by";
    if (solutions.longest() > 0) {
      wanted = Math.max(LEAST, rounded(2 * solutions.most95()));
      reason =
          "twice what 95 %% of the solutions in the data need (%,d; the longest %,d), since models explain more"
              .formatted(solutions.most95(), solutions.longest());
    }
    if (model.thinking() && wanted < THOUGHT) {
      wanted = THOUGHT;
      reason = "the model has tokens for thinking aloud, which takes thousands of tokens";
    }
    // a review is asked for behind the problem and an attempt, and has an attempt of its own
    double share = Math.max(LEAST_REVIEW, review / (double) recipe);
    int room = model.facts().contextLength() - task.prompts().longest() - WORDS_AROUND;
    int most = (int) (room / (1 + share));
    if (most < wanted) {
      wanted = Math.max(0, most / ROUND * ROUND);
      reason =
          "what the context of %,d tokens leaves for a problem, an attempt and its review"
              .formatted(model.facts().contextLength());
      if (wanted < USELESS) {
        throw new UserException(
            "the longest prompt has %,d tokens, the context of the model %,d: nothing is left for an answer"
                .formatted(task.prompts().longest(), model.facts().contextLength()),
            "Take out the longest problems, or use a model with a longer context.");
      }
    }
    return new TokenLimits(wanted, rounded((int) (wanted * share)), reason);
  }

  private static int rounded(int tokens) {
    return (tokens + ROUND - 1) / ROUND * ROUND;
  }

  List<Line> lines() {
    return List.of(
        new Line("sampling.max-tokens", Integer.toString(answer), reason),
        new Line(
            "sampling.max-review-tokens",
            Integer.toString(review),
            "a review goes through an attempt and then has a solution of its own"));
  }

  /** What completions will have in the middle; a guess, since no model has answered yet. */
  int expected(Lengths solutions) {
    return solutions.median() > 0
        ? Math.min(answer, Math.max(LEAST / 2, (int) (1.5 * solutions.median())))
        : answer / 2;
  }
}
