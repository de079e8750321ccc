package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathVerifierTest {
  private final MathVerifier verifier = Verifiers.of(Map.of());

  @Test
  void explainsWhatWasExtractedHowBothWereReadAndWhichRuleDecided() {
    assertEquals(
        "right: the extracted '\\frac{2}{4}' in the last \\boxed{} is read as the term (2)/(4) and the"
            + " key as the number 1/2 (exactly the same value).",
        Verifiers.askBoxed(verifier, "0.5", "\\frac{2}{4}").explanation());
    assertEquals(
        "wrong: the extracted '(1,3]' in the last \\boxed{} is read as the interval (1, 3] and the key"
            + " as the interval [1, 3) (different brackets).",
        Verifiers.askBoxed(verifier, "[1,3)", "(1,3]").explanation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10\\% | 0.1 | right | wrong | wrong | wrong",
        "10\\% | 10 | right | wrong | right | right",
        "\\frac13 | 0.3333 | right | wrong | wrong | wrong",
        "x=5 | 5 | right | wrong | right | right",
        "5\\text{ cm} | 5 | right | wrong | right | right",
        "1,2 | 2,1 | right | wrong | right | right",
        "\\{1,2\\} | 1,2 | right | wrong | right | right",
        "x>3 | (3,\\infty) | right | wrong | right | right",
        "3:5 | \\frac35 | right | wrong | right | right",
        "12_5 | 12 | right | wrong | right | right",
        "Paris | PARIS | right | wrong | right | right",
        "5 | \\text{there are } 5 \\text{ dogs} | right | wrong | wrong | right",
        "1/2 | \\frac{2}{4} | right | right | right | right",
      })
  void profilesAreConventions(
      String key, String answer, String lenient, String strict, String math, String gsm8k) {
    Map<String, String> expected =
        Map.of("lenient", lenient, "strict", strict, "math", math, "gsm8k", gsm8k);
    expected.forEach(
        (profile, right) -> {
          Verdict verdict = Verifiers.askBoxed(Verifiers.profile(profile), key, answer);
          assertEquals(
              right.equals("right"),
              Verifiers.isRight(verdict),
              () -> profile + ": " + verdict.explanation());
        });
  }

  @Test
  void anUnfinishedResponseScoresZeroEvenIfItSaysTheAnswer() {
    Verdict verdict = verifier.verify(Verifiers.problem("5"), new Response("\\boxed{5}", false));
    assertEquals(0, assertInstanceOf(Verdict.Scored.class, verdict).reward());
    assertTrue(verdict.explanation().contains("not finished"), verdict.explanation());
  }

  @Test
  void anEmptyKeyIsAFailureOfTheCheckAndNotOfThePolicy() {
    assertInstanceOf(Verdict.Failed.class, Verifiers.askBoxed(verifier, " ", "5"));
  }

  @Test
  void aWorkedSolutionIsReadForItsAnswer() {
    assertTrue(
        Verifiers.isRight(Verifiers.askBoxed(verifier, "so it is $\\boxed{\\frac12}$.", "0.5")));
    assertTrue(Verifiers.isRight(Verifiers.askBoxed(verifier, "9 * 2 = 18\n#### 18", "18")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "-1/2",
        "Paris",
        "\\frac{1}{2}",
        "{",
        "x. y",
        "10%",
        "\\$5",
        "(1, 2]",
        "two\nlines",
        "9^{9^{9^9}}",
        "3 + 4 = 7\n#### 7",
        "thus \\boxed{x^{2}}",
        "1e999999999",
        "\\text{(C)}"
      })
  void acceptsItsOwnGoldResponses(String key) {
    Verdict verdict =
        verifier.verify(Verifiers.problem(key), verifier.goldResponse(Verifiers.problem(key)));
    assertTrue(Verifiers.isRight(verdict), verdict.explanation());
  }

  @Test
  void markersAreAnOption() {
    MathVerifier configured = Verifiers.of(Map.of("markers", "result | last-line"));
    assertTrue(Verifiers.isRight(Verifiers.ask(configured, "4", "the result: 4")));
    assertTrue(Verifiers.isRight(Verifiers.ask(configured, "4", "so\n2+2\n")));
    assertEquals("result 4", configured.goldResponse(Verifiers.problem("4")).text());
  }

  @Test
  void profilesHaveNames() {
    assertEquals(List.of("lenient", "strict", "gsm8k", "math"), verifier.profiles());
    assertThrows(IllegalArgumentException.class, () -> verifier.withProfile("kind"));
  }

  @Test
  void acceptsWhatIsRightInEveryWay() {
    assertEquals(1, verifier.fullReward());
    assertTrue(verifier.accepts(Verifiers.askBoxed(verifier, "1/2", "0.5")));
    assertFalse(verifier.accepts(Verifiers.askBoxed(verifier, "1/2", "0.6")));
    assertFalse(verifier.accepts(Verifiers.askBoxed(verifier, "9^{9^{9^9}}", "9^{9^9}")));
  }
}
