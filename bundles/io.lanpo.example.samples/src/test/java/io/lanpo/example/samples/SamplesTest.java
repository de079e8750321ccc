package io.lanpo.example.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Question QUESTION = new Question("q", "apply zim to 8 6 8 .");
  private static final Attempt ATTEMPT =
      new Attempt(QUESTION, "zim means right . right 8 6 8 gives 8 8 6 answer 8 8 6");

  private static Lesson lesson(Lesson.Kind kind, String text) {
    return new Lesson(text, kind, text, new Question("other", "?"));
  }

  @Test
  void lastStepShowsWhatFollowsTheLastFullStop() {
    LastStep strategy = new LastStep();
    assertEquals(
        "problem : apply zim to 8 6 8 . attempt : right 8 6 8 gives 8 8 6 answer 8 8 6 review :",
        strategy.reflect(QUESTION, ATTEMPT).orElseThrow().text());
    assertEquals(
        "problem : apply zim to 8 6 8 . attempt : answer 8 review :",
        strategy.reflect(QUESTION, new Attempt(QUESTION, "answer 8")).orElseThrow().text());
    assertTrue(strategy.reflect(QUESTION, new Attempt(QUESTION, " ")).isEmpty());
    assertEquals(Optional.of("b"), strategy.solution("try x solution : a solution : b"));
    assertEquals(Optional.empty(), strategy.solution("try x solution :"));
  }

  @Test
  void askedTwiceEndsWithTheQuestion() {
    assertEquals(
        "problem : apply zim to 8 6 8 . attempt : answer 8 problem : apply zim to 8 6 8 . review :",
        new AskedTwice().reflect(QUESTION, new Attempt(QUESTION, "answer 8")).orElseThrow().text());
    assertTrue(new AskedTwice().reflect(QUESTION, new Attempt(QUESTION, "")).isEmpty());
  }

  @Test
  void principlesOnlyLearnsNothingFromFailures() {
    PrinciplesOnly strategy = new PrinciplesOnly();
    assertEquals(Optional.empty(), strategy.distil(new JudgedAttempt(ATTEMPT, false)));
    assertTrue(
        strategy
            .distil(new JudgedAttempt(ATTEMPT, true))
            .orElseThrow()
            .text()
            .endsWith("8 8 6 right_ lesson :"));
    Lesson pitfall = lesson(Lesson.Kind.PITFALL, "pitfall : a .");
    Lesson principle = lesson(Lesson.Kind.PRINCIPLE, "principle : b .");
    assertEquals(
        "principle : b . problem : apply zim to 8 6 8 . solution :",
        strategy.apply(QUESTION, List.of(pitfall, principle)).text());
    assertTrue(strategy.apply(QUESTION, List.of(pitfall)).text().startsWith("pitfall : a ."));
  }

  @Test
  void oneOfEachShowsTheFirstOfEveryKind() {
    AbstractionStrategy strategy = new OneOfEach();
    assertEquals(
        "principle : b . pitfall : a . problem : apply zim to 8 6 8 . solution :",
        strategy
            .apply(
                QUESTION,
                List.of(
                    lesson(Lesson.Kind.PITFALL, "pitfall : a ."),
                    lesson(Lesson.Kind.PITFALL, "pitfall : c ."),
                    lesson(Lesson.Kind.PRINCIPLE, "principle : b .")))
            .text());
    assertTrue(
        strategy.distil(new JudgedAttempt(ATTEMPT, false)).orElseThrow().text().contains("wrong"));
  }

  @Test
  void aLessonHasTheFormOfOneAndIsShort() {
    assertEquals(Optional.of("pitfall : x ."), new OneOfEach().lesson(" pitfall : x . "));
    assertEquals(Optional.empty(), new OneOfEach().lesson("x"));
    assertEquals(
        Optional.empty(), new PrinciplesOnly().lesson("principle : " + "x ".repeat(12) + "."));
  }
}
