package io.lanpo.relative.experiential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.JudgedAttemptSelector.JudgedSelection;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest implements AttemptSelector.Attempts {
  private static final Question QUESTION = new Question("q", "q ?");

  private final JudgedSelection selection = new FailedAttempts().open(Settings.defaults(List.of()));

  private static JudgedAttempt attempt(String text, boolean accepted) {
    return new JudgedAttempt(new Attempt(QUESTION, text), accepted);
  }

  @Test
  void eachFailureIsReviewedOnceAndNothingElse() {
    List<JudgedAttempt> judged =
        List.of(attempt("a", false), attempt("b", true), attempt("c", false));
    assertEquals(
        List.of(Optional.of("a"), Optional.of("c"), Optional.empty()),
        IntStream.range(0, 3)
            .mapToObj(turn -> selection.choose(this, judged, 0, turn, 1))
            .toList());
  }

  @Test
  void withoutVerdictsThereIsNothingToReview() {
    assertEquals(Optional.empty(), selection.choose(this, 0, 0, 1));
  }

  @Override
  public List<Question> questions() {
    return List.of(QUESTION);
  }

  @Override
  public boolean tried(int question) {
    return true;
  }

  @Override
  public List<String> ofStep(int question) {
    return List.of("a", "b", "c");
  }

  @Override
  public List<String> past(int question) {
    return List.of("old");
  }
}
