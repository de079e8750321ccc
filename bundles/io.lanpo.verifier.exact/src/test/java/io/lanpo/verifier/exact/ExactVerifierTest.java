package io.lanpo.verifier.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactVerifierTest {
  private final ExactVerifier verifier = Configs.verifier(Map.of());

  private static Problem problem(String key) {
    return new Problem(new Question("p1", "?"), new AnswerKey(key), Map.of());
  }

  private static Verdict.Scored scored(ExactVerifier verifier, String response, String key) {
    return assertInstanceOf(
        Verdict.Scored.class, verifier.verify(problem(key), new Response(response, true)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answer 8 8 7 | 8 8 7 | 1 | the same text",
        "answer 8  8  7 | 8 8 7 | 1 | the same text",
        "answer 0 8 7 | 8 7 | 0 | different",
        "answer 8 8 7 1 | 8 8 7 | 0 | different",
        "answer 887 | 8 8 7 | 0 | different texts",
        "answer 8 8 | 8 8 7 | 0 | different texts",
        "answer | 8 8 7 | 0 | no answer is found",
        "The answer is Paris. | paris | 1 | the same text",
        "The answer is **Paris**. | Paris | 1 | the same text",
        "\\boxed{\\text{Paris}} | Paris | 1 | the same text",
        "\\boxed{0.5} | 1/2 | 1 | the same number",
        "\\boxed{\\frac{2}{4}} | 0.5 | 1 | the same number",
        "\\boxed{0.33} | 1/3 | 0 | different numbers",
        "\\boxed{$1{,}000$} | 1000 | 1 | the same number",
        "#### 1,000 | 1000 | 1 | the same number",
        "#### $18.00 | 18 | 1 | the same number",
        "#### -$18 | -18 | 1 | the same number",
        "the answer is 42 apples. | 42 | 1 | without its unit",
        "the answer is 42 apples. | 42 pears | 0 | different texts",
        "the answer is 42 or 43. | 42 | 0 | different texts",
        "\\boxed{2x} | 2 | 0 | different texts",
        "\\boxed{10\\%} | 10% | 1 | the same number",
        "\\boxed{10%} | 10 | 0 | different numbers",
        "\\boxed{1e999999999} | 1 | 0 | different texts",
        "\\boxed{1} | 1e999999999 | 0 | different texts",
        "in all we need 7 of them | 7 | 1 | the last number",
        "\\boxed{18} | 9 - 3 = 6 and so on #### 18 | 1 | the same text",
        "\\boxed{18} | so it is \\boxed{18}. | 1 | the same text",
      })
  void scores(String response, String key, double reward, String explanation) {
    Verdict.Scored verdict = scored(verifier, response, key);
    assertEquals(reward, verdict.reward(), verdict::explanation);
    assertTrue(verdict.explanation().contains(explanation), verdict::explanation);
  }

  @Test
  void explainsWhatWasExtractedHowBothWereReadAndWhichRuleDecided() {
    assertEquals(
        "right: the extracted '\\frac{2}{4}' in the last \\boxed{} is read as the number 1/2 and the"
            + " key as the number 1/2 (the same number).",
        scored(verifier, "\\boxed{\\frac{2}{4}}", "0.5").explanation());
    assertEquals(
        "wrong: the extracted '8 8 6' after the last 'answer' is read as the text '8 8 6' and the"
            + " key as the text '8 8 7' (different texts).",
        scored(verifier, "gives 8 8 6 answer 8 8 6", "8 8 7").explanation());
  }

  @Test
  void anUnfinishedResponseScoresZeroEvenIfItSaysTheAnswer() {
    Verdict verdict = verifier.verify(problem("5"), new Response("answer 5", false));
    assertEquals(0, assertInstanceOf(Verdict.Scored.class, verdict).reward());
    assertTrue(verdict.explanation().contains("not finished"), verdict.explanation());
  }

  @Test
  void noAnswerScoresZeroWithTheReason() {
    Verdict.Scored verdict = scored(verifier, "I do not know", "5");
    assertEquals(0, verdict.reward());
    assertTrue(verdict.explanation().startsWith("no answer is found"), verdict::explanation);
  }

  @Test
  void anEmptyKeyIsAFailureOfTheCheckAndNotOfThePolicy() {
    assertInstanceOf(
        Verdict.Failed.class, verifier.verify(problem(" "), new Response("answer 5", true)));
  }

  @ParameterizedTest
  @CsvSource({
    "LITERAL, 10%, 0",
    "LITERAL, 10.0%, 1",
    "LITERAL, 10, 0",
    "IGNORED, 10, 1",
    "IGNORED, 0.1, 0",
    "HUNDREDTH, 0.1, 1",
    "HUNDREDTH, 1/10, 1",
    "HUNDREDTH, 10, 0",
  })
  void percentIsAConvention(Percent percent, String answer, double reward) {
    ExactVerifier configured = Configs.verifier(Map.of("percent", percent));
    String key = answer.equals("10%") ? "0.1" : "10%";
    assertEquals(reward, scored(configured, "answer " + answer, key).reward());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unitsAndCaseAreOptions(boolean on) {
    ExactVerifier configured = Configs.verifier(Map.of("units", on, "ignore-case", on));
    assertEquals(on ? 1 : 0, scored(configured, "answer 42 apples", "42").reward());
    assertEquals(on ? 1 : 0, scored(configured, "answer PARIS", "Paris").reward());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " | last-number", "| last-line"})
  void markersAreAnOption(String fallback) {
    ExactVerifier configured = Configs.verifier(Map.of("markers", " result | = " + fallback));
    assertEquals(1, scored(configured, "result 4, = 5", "4, = 5").reward());
    assertEquals(1, scored(configured, "x = 5", "5").reward());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8 8 7",
        "42",
        "-1/2",
        "Paris",
        "\\frac{1}{2}",
        "{",
        "two\nlines",
        "x. y",
        "10%",
        "$5",
        "is",
        "3 + 4 = 7\n#### 7",
        "thus \\boxed{x^{2}}",
        "1e999999999",
        "answer",
        "(1, 2]"
      })
  void acceptsItsOwnGoldResponses(String key) {
    Verdict verdict = verifier.verify(problem(key), verifier.goldResponse(problem(key)));
    assertEquals(
        1, assertInstanceOf(Verdict.Scored.class, verdict).reward(), verdict.explanation());
  }

  @Test
  void theGoldResponseOfAConfiguredVerifierUsesItsMarkers() {
    ExactVerifier configured = Configs.verifier(Map.of("markers", "result"));
    assertEquals("result 4", configured.goldResponse(problem("4")).text());
  }

  @Test
  void equalAnswersAreOneAnswerForAVote() {
    assertEquals(Optional.of("1/2"), verifier.answer(new Response("\\boxed{0.50}", true)));
    assertEquals(Optional.of("1/2"), verifier.answer(new Response("the answer is 2/4.", true)));
    assertEquals(Optional.of("paris"), verifier.answer(new Response("The answer is Paris", true)));
    assertEquals(Optional.empty(), verifier.answer(new Response("", true)));
    assertEquals(Optional.empty(), verifier.answer(new Response("\\boxed{1}", false)));
  }

  @Test
  void acceptsWhatIsRightInEveryWay() {
    assertEquals(1, verifier.fullReward());
    assertTrue(verifier.accepts(scored(verifier, "answer 5", "5")));
    assertFalse(verifier.accepts(scored(verifier, "answer 6", "5")));
    assertFalse(verifier.accepts(verifier.verify(problem(" "), new Response("answer 5", true))));
  }
}
