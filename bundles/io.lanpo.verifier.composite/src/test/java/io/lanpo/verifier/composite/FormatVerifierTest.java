package io.lanpo.verifier.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatVerifierTest {
  private static final String THOUGHT = "<think>.*</think>\\s*<answer>.*</answer>\\s*";
  private final Problem problem = new Problem(new Question("p", "?"), new AnswerKey("7"), Map.of());

  private static FormatVerifier verifier(Map<String, Object> options) {
    return new FormatVerifier(Configs.of(FormatVerifier.Config.class, options), options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANYWHERE | \\\\boxed\\{[^{}] | so \\boxed{7} | 1",
        "ANYWHERE | \\\\boxed\\{[^{}] | so \\boxed{} | 0",
        "ANYWHERE | \\\\boxed\\{[^{}] | so 7 | 0",
        "ONCE | \\\\boxed\\{[^{}] | so \\boxed{7} | 1",
        "ONCE | \\\\boxed\\{[^{}] | \\boxed{7} or \\boxed{8} | 0",
        "WHOLE | <a>.*</a> | <a>7</a> | 1",
        "WHOLE | <a>.*</a> | <a>7</a> and more | 0",
      })
  void rewardsTheForm(FormatVerifier.Where where, String pattern, String text, double reward) {
    FormatVerifier verifier = verifier(Map.of("where", where, "pattern", pattern));
    Verdict verdict = verifier.verify(problem, new Response(text, true));
    assertEquals(
        reward, assertInstanceOf(Verdict.Scored.class, verdict).reward(), verdict.explanation());
    Verdict cut = verifier.verify(problem, new Response(text, false));
    assertEquals(0, assertInstanceOf(Verdict.Scored.class, cut).reward());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "so \\boxed{42} | 1",
        "so \\boxed{{1,2}} | 1",
        "so \\boxed{\\frac{\\sqrt{x_{1}}}{2}} | 1",
        "so \\boxed{\\{1, 2\\}} | 1",
        "`so \\boxed{\n42\n}` | 1",
        "so \\boxed{42 | 0",
        "so \\boxed{42 and {1} | 0",
        "so \\boxed{} | 0",
        "so \\boxed{ } | 0",
        "so \\boxed{42\\} | 0",
        "so 42 | 0",
      })
  void byDefaultTheFormIsAClosedBoxWithSomethingInIt(String text, double reward) {
    Verdict verdict = verifier(Map.of()).verify(problem, new Response(text, true));
    assertEquals(
        reward, assertInstanceOf(Verdict.Scored.class, verdict).reward(), verdict.explanation());
  }

  @Test
  void aLongBoxIsAFormLikeAnyOther() {
    String text = "\\boxed{" + "{a}\\b ".repeat(100_000) + "}";
    Verdict verdict = verifier(Map.of()).verify(problem, new Response(text, true));
    assertEquals(1, assertInstanceOf(Verdict.Scored.class, verdict).reward());
  }

  @Test
  void aDotIsAnyCharacter() {
    FormatVerifier verifier =
        verifier(Map.of("pattern", THOUGHT, "where", FormatVerifier.Where.WHOLE));
    Response response = new Response("<think>a\nb</think>\n<answer>7</answer>\n", true);
    assertEquals(
        1, assertInstanceOf(Verdict.Scored.class, verifier.verify(problem, response)).reward());
  }

  @ParameterizedTest
  @CsvSource({"(a|aa)+b", "(.*)*(.*)*b"})
  @Timeout(120)
  void aPatternThatBacktracksForEverIsAFailureOfTheCheck(String pattern) {
    FormatVerifier verifier = verifier(Map.of("pattern", pattern));
    Verdict verdict = verifier.verify(problem, new Response("a".repeat(3000), true));
    assertInstanceOf(Verdict.Failed.class, verdict, verdict.explanation());
    assertTrue(verdict.explanation().contains("takes too long"), verdict.explanation());
  }

  @Test
  void acceptsItsOwnGoldResponse() {
    for (Map<String, Object> options :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of(
                "pattern",
                THOUGHT,
                "where",
                FormatVerifier.Where.WHOLE,
                "example",
                "<think>so</think><answer>KEY</answer>"))) {
      FormatVerifier verifier = verifier(options);
      Verdict verdict = verifier.verify(problem, verifier.goldResponse(problem));
      assertEquals(1, assertInstanceOf(Verdict.Scored.class, verdict).reward());
    }
  }

  @Test
  void refusesAPatternThatIsNone() {
    UserException e = assertThrows(UserException.class, () -> verifier(Map.of("pattern", "(a")));
    assertTrue(e.getMessage().contains("pattern = (a is not allowed"), e.getMessage());
  }

  @Test
  void acceptsWhatIsOfTheForm() {
    FormatVerifier verifier = verifier(Map.of());
    assertEquals(1, verifier.fullReward());
    assertTrue(verifier.accepts(verifier.verify(problem, new Response("\\boxed{8}", true))));
    assertFalse(verifier.accepts(verifier.verify(problem, new Response("7", true))));
    assertFalse(verifier.accepts(verifier.verify(problem, new Response("\\boxed{7}", false))));
  }
}
