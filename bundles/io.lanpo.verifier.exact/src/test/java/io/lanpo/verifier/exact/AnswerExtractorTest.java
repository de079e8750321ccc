package io.lanpo.verifier.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.lanpo.verifier.exact.AnswerExtractor.Extracted;
import io.lanpo.verifier.exact.ExactVerifier.Fallback;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerExtractorTest {
  private static final List<String> MARKERS = List.of("boxed", "####", "the answer is", "answer");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zim means keep . gives 4 7 6 answer 8 8 7 | 8 8 7 | after the last 'answer'",
        "so \\boxed{5} or rather \\boxed{6}. The answer is 7. | 6 | in the last \\boxed{}",
        "\\boxed{\\frac{1}{2}} done | \\frac{1}{2} | in the last \\boxed{}",
        "\\boxed{\\{1,2\\}} | \\{1,2\\} | in the last \\boxed{}",
        "\\boxed{\\boxed{3}} | 3 | in the last \\boxed{}",
        "\\boxed{4} and \\boxed{5 | 4 | in the last \\boxed{}",
        "18 - 9 = 9 #### 18 | 18 | after the last '####'",
        "The Answer is 42. Hence we are done. | 42 | after the last 'the answer is'",
        "the answer is: 3.5 | 3.5 | after the last 'the answer is'",
        "Final answer: 7 | 7 | after the last 'answer'",
        "final answer = x | x | after the last 'answer'",
        "answers vary, say 9 | 9 | the last number",
        "3 apples and 4/5 pears | 4/5 | the last number",
        "between 3-5 | 5 | the last number",
        "at -3 degrees | -3 | the last number",
        "it costs 1,250 dollars | 1,250 | the last number",
        "we get 7. | 7. | the last number",
      })
  void findsTheFinalAnswer(String response, String answer, String how) {
    AnswerExtractor extractor = new AnswerExtractor(MARKERS, Fallback.LAST_NUMBER);
    assertEquals(Optional.of(new Extracted(answer, how)), extractor.extract(response));
  }

  @Test
  void anAnswerMayStandOnTheNextLineAndEndsWithItsLine() {
    AnswerExtractor extractor = new AnswerExtractor(MARKERS, Fallback.NONE);
    assertEquals("yes", extractor.extract("Answer:\n  yes\nbecause").orElseThrow().text());
    assertEquals("{5}", extractor.extract("\\boxed{\n{5}\n}").orElseThrow().text());
  }

  @Test
  void theFallbackIsAnOption() {
    String response = "first 3\n  no number here \n\n";
    assertEquals(Optional.empty(), new AnswerExtractor(MARKERS, Fallback.NONE).extract(response));
    assertEquals(
        Optional.of(new Extracted("no number here", "the last line")),
        new AnswerExtractor(MARKERS, Fallback.LAST_LINE).extract(response));
    assertEquals(
        Optional.of(new Extracted("3", "the last number")),
        new AnswerExtractor(MARKERS, Fallback.LAST_NUMBER).extract(response));
    for (Fallback fallback : Fallback.values()) {
      assertEquals(Optional.empty(), new AnswerExtractor(MARKERS, fallback).extract(" "));
    }
  }

  @Test
  void onlyTheGivenMarkersCount() {
    AnswerExtractor extractor = new AnswerExtractor(List.of("result"), Fallback.NONE);
    assertEquals("4", extractor.extract("\\boxed{3} result 4").orElseThrow().text());
  }

  @Test
  void longResponsesAreHarmless() {
    AnswerExtractor extractor = new AnswerExtractor(MARKERS, Fallback.LAST_NUMBER);
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          extractor.extract("\\boxed{".repeat(100_000));
          extractor.extract("1,000".repeat(100_000));
          extractor.extract("answer ".repeat(100_000));
          extractor.extract("1/".repeat(100_000));
          extractor.extract(" ".repeat(100_000) + "answer" + " ".repeat(100_000));
        });
  }
}
