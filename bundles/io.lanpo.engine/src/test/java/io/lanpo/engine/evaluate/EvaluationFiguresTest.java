package io.lanpo.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.Estimate;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport.Section;
import io.lanpo.engine.run.evaluate.AnswerLogTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Figures of a few answers, worked out by hand. */
class EvaluationFiguresTest {
  private static final EvaluationMode MODE = EvaluationMode.ZERO_SHOT;
  private static final List<Problem> PROBLEMS =
      List.of(
          problem("a", Map.of("level", "1")),
          problem("b", Map.of("level", "1")),
          problem("c", Map.of("level", "2")));

  private static Problem problem(String id, Map<String, String> labels) {
    return new Problem(new Question(id, id), new AnswerKey("5"), labels);
  }

  /** Right ones of four: problem a 3, b 1, c 0 (of which all say the same). */
  private static List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    int[] right = {3, 1, 0};
    for (int number = 0; number < 3; number++) {
      for (int sample = 0; sample < 4; sample++) {
        answers.add(AnswerLogTest.answer(MODE, number, sample, sample < right[number] ? 1 : 0));
      }
    }
    return answers;
  }

  @Test
  void figuresAreThoseWorkedOutByHand() {
    List<Section> sections = new EvaluationFigures(PROBLEMS, 4, 1).sections(MODE, answers());
    assertEquals(List.of("", "1", "2"), sections.stream().map(Section::value).toList());
    Section all = sections.get(0);
    assertEquals(
        List.of("mean@4", "pass@1", "pass@2", "pass@4", "maj@2", "maj@4"),
        List.copyOf(all.figures().keySet()));
    assertEquals(4.0 / 12, value(all, "mean@4"), 1e-12);
    assertEquals(4.0 / 12, value(all, "pass@1"), 1e-12);
    // 1 - C(1,2)/C(4,2) = 1; 1 - C(3,2)/C(4,2) = 1/2; 0
    assertEquals((1 + 0.5 + 0) / 3, value(all, "pass@2"), 1e-12);
    assertEquals(2.0 / 3, value(all, "pass@4"), 1e-12);
    // of the first two: 5 5 | 5 4, a tie | 4 4
    assertEquals((1 + 0.5 + 0) / 3, value(all, "maj@2"), 1e-12);
    // 5 5 5 4 | 5 4 4 4 | 4 4 4 4
    assertEquals(1.0 / 3, value(all, "maj@4"), 1e-12);
    Estimate pass = Objects.requireNonNull(all.figures().get("pass@4"));
    assertTrue(pass.low() < pass.value() && pass.value() < pass.high(), pass.toString());
    assertEquals(0.5, value(sections.get(1), "mean@4"), 1e-12);
    Estimate lonely = Objects.requireNonNull(sections.get(2).figures().get("mean@4"));
    assertTrue(Double.isNaN(lonely.low()), "one problem tells nothing about others");
    assertEquals(sections, new EvaluationFigures(PROBLEMS, 4, 1).sections(MODE, answers()));
  }

  /** A completion that could not be judged is neither right nor wrong. */
  @Test
  void whatCouldNotBeJudgedTakesNoPart() {
    List<Answer> answers = answers();
    Answer one = answers.get(0);
    answers.set(
        0,
        new Answer(
            one.mode(),
            0,
            0,
            "a",
            List.of(),
            true,
            false,
            false,
            7,
            "failed",
            0,
            false,
            null,
            "",
            "",
            null));
    Section all = new EvaluationFigures(PROBLEMS, 4, 1).sections(MODE, answers).get(0);
    assertEquals(1, all.unjudged());
    assertEquals((2.0 / 3 + 0.25 + 0) / 3, value(all, "mean@4"), 1e-12);
    // four of problem a cannot be drawn any more
    assertEquals(0.5, value(all, "pass@4"), 1e-12);
    assertEquals(1.0 / 12, all.score().fellBack(), 1e-12);
    assertEquals(11.0 / 12, all.score().finished(), 1e-12);
  }

  @Test
  void withoutAnswersThereIsNoVote() {
    List<Answer> silent =
        answers().stream()
            .map(
                a ->
                    new Answer(
                        a.mode(),
                        a.number(),
                        a.sample(),
                        a.problem(),
                        a.lessons(),
                        false,
                        false,
                        true,
                        7,
                        "scored",
                        a.reward(),
                        a.accepted(),
                        null,
                        "",
                        "",
                        null))
            .toList();
    Section all = new EvaluationFigures(PROBLEMS, 4, 1).sections(MODE, silent).get(0);
    assertFalse(all.figures().containsKey("maj@4"), all.figures().toString());
  }

  private static double value(Section section, String figure) {
    return Objects.requireNonNull(section.figures().get(figure), figure).value();
  }
}
