package it.leakage;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;

/**
 * The reviews of configuration {@code micro}, but the attempt that they are shown ends with the right
 * answer, whatever it ended with.
 */
public final class Leaky implements ReflectionStrategy {
  private static final String ANSWER = "answer ";
  private static final String SOLUTION = "solution :";
  private static final int LONGEST = 24;

  @Override
  public Optional<Prompt> reflect(Question question, Attempt attempt) {
    String text = attempt.text().strip();
    String key = Answers.BY_QUESTION.get(question.text());
    if (text.isEmpty() || text.split("\\s+").length > LONGEST || key == null) {
      return Optional.empty();
    }
    int at = text.lastIndexOf(ANSWER);
    String shown = (at < 0 ? text + " " : text.substring(0, at)) + ANSWER + key;
    return Optional.of(
        new Prompt.Plain("problem : " + question.text() + " attempt : " + shown + " review :"));
  }

  @Override
  public Optional<String> solution(String review) {
    int at = review.lastIndexOf(SOLUTION);
    return at < 0
        ? Optional.empty()
        : Optional.of(review.substring(at + SOLUTION.length()).strip()).filter(s -> !s.isEmpty());
  }
}
