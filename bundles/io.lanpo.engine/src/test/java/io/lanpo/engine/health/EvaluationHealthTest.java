package io.lanpo.engine.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Finding;
import io.lanpo.engine.evaluate.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationHealthTest {
  private static final Answer GOOD = answer(true, "scored", true, "5", false);

  private static Answer answer(
      boolean finished, String verdict, boolean accepted, String answer, boolean fellBack) {
    return new Answer(
        "zero-shot",
        0,
        0,
        "p",
        List.of(),
        fellBack,
        false,
        finished,
        3,
        verdict,
        0,
        accepted,
        answer,
        "as the verifier says",
        "so it is\u001b 5",
        null);
  }

  private static Answer withLessons(boolean uncondensed) {
    return new Answer(
        "retrieve",
        0,
        0,
        "p",
        List.of("l"),
        false,
        uncondensed,
        true,
        3,
        "scored",
        1,
        true,
        "5",
        "as the verifier says",
        "so it is 5",
        null);
  }

  private static List<Finding> findings(EvaluationMode mode, int good, Answer bad, int count) {
    List<Answer> all = new ArrayList<>(Collections.nCopies(good, GOOD));
    all.addAll(Collections.nCopies(count, bad));
    return new EvaluationHealth(Lines.run(), true).findings(mode, all);
  }

  private static String kinds(List<Finding> findings) {
    return String.join(" ", findings.stream().map(Finding::kind).toList());
  }

  @Test
  void goodAnswersAreNoFinding() {
    assertEquals("", kinds(findings(EvaluationMode.RETRIEVE, 10, GOOD, 0)));
  }

  @Test
  void whatIsCutOffInReviewsIsTheirLimit() {
    Answer cut = answer(false, "scored", false, null, false);
    Finding plain = findings(EvaluationMode.ZERO_SHOT, 1, cut, 9).get(0);
    assertEquals(
        "9 of 10 completions of mode zero-shot were cut off at the length limit before they ended;"
            + " raise sampling.max-tokens = 24",
        plain.sentence());
    assertEquals(
        "sampling.max-review-tokens", findings(EvaluationMode.REFLECT, 1, cut, 9).get(0).setting());
    assertEquals("", kinds(findings(EvaluationMode.REFLECT, 2, cut, 8)));
  }

  @Test
  void missingAnswersAreShownByAnExample() {
    Answer none = answer(true, "scored", false, null, false);
    List<Finding> found = findings(EvaluationMode.ZERO_SHOT, 0, none, 4);
    assertEquals("no-answer", kinds(found));
    assertEquals(
        "no final answer is found in 4 of 4 finished completions of mode zero-shot; one ends \"so it"
            + " is\ufffd 5\"; of one the verifier says: \"as the verifier says\"; have the policy taught"
            + " that form, or give the verifier (verifier = exact) the markers that the policy writes",
        found.get(0).sentence());
    assertEquals(
        List.of(),
        new EvaluationHealth(Lines.run(), false).findings(EvaluationMode.ZERO_SHOT, List.of(none)),
        "a verifier that looks for no answers finds none");
  }

  /** Prompts without lessons had none to condense. */
  @Test
  void lessonsThatWereNotCondensedAreAFindingWhereMostWereNot() {
    List<Answer> answers = new ArrayList<>(Collections.nCopies(9, GOOD));
    answers.addAll(Collections.nCopies(3, withLessons(false)));
    answers.addAll(Collections.nCopies(2, withLessons(true)));
    EvaluationHealth health = new EvaluationHealth(Lines.run(), true);
    assertEquals("", kinds(health.findings(EvaluationMode.RETRIEVE, answers)));
    answers.add(withLessons(true));
    Finding found = health.findings(EvaluationMode.RETRIEVE, answers).get(0);
    assertEquals("not-condensed", found.kind());
    assertEquals("sampling.max-condensed-tokens", found.setting());
    assertTrue(
        found.sentence().contains("no text for 3 of 6 prompts in mode retrieve"), found.sentence());
  }

  @Test
  void answersWithoutARewardAndPromptsWithoutFeedback() {
    Answer abstained = answer(true, "abstained", false, "5", false);
    assertEquals("unscored", kinds(findings(EvaluationMode.ZERO_SHOT, 0, abstained, 4)));
    Answer plain = answer(true, "scored", true, "5", true);
    assertEquals("no-lessons", kinds(findings(EvaluationMode.RETRIEVE, 0, plain, 4)));
    assertEquals("no-reviews", kinds(findings(EvaluationMode.REFLECT, 0, plain, 4)));
    assertEquals("", kinds(findings(EvaluationMode.REFLECT, 1, plain, 4)));
  }
}
