package io.lanpo.example.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecondLookTest {
  private static final Question QUESTION =
      new Question("q", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .");

  private final SecondLook strategy = new SecondLook("answer");

  @Test
  void hidesTheFinalAnswer() {
    String attempt = "zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8";
    assertEquals(
        Optional.of(
            new Prompt.Plain(
                "problem : zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 . attempt : zim means right"
                    + " then last 8 . right 8 6 8 gives 8 8 6 review :")),
        strategy.reflect(QUESTION, new Attempt(QUESTION, attempt)));
  }

  @Test
  void whatIsHiddenIsAnOption() {
    Optional<Prompt> prompt =
        new SecondLook("gives").reflect(QUESTION, new Attempt(QUESTION, "a gives b answer c"));
    assertEquals(
        "problem : " + QUESTION.text() + " attempt : a review :", prompt.orElseThrow().text());
  }

  @Test
  void anAttemptWithoutAnAnswerIsNotReviewed() {
    assertEquals(Optional.empty(), strategy.reflect(QUESTION, new Attempt(QUESTION, "zim means")));
    assertEquals(Optional.empty(), strategy.reflect(QUESTION, new Attempt(QUESTION, " answer 8")));
    assertEquals(Optional.empty(), strategy.reflect(QUESTION, new Attempt(QUESTION, "")));
  }

  @Test
  void theSolutionFollowsTheLastMarker() {
    assertEquals(Optional.of("b"), strategy.solution("try x ok solution : a solution : b"));
    assertEquals(Optional.empty(), strategy.solution("try x ok"));
    assertEquals(Optional.empty(), strategy.solution("try x ok solution : "));
  }
}
