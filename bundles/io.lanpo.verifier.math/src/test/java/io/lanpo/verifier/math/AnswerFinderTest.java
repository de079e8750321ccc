package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFinderTest {
  private final AnswerFinder finder = new AnswerFinder(Conventions.lenient().ways());

  private static String text(AnswerFinder finder, String response) {
    return finder.find(response).map(AnswerFinder.Found::text).orElse("(none)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "so \\boxed{5} | 5",
        "first \\boxed{4}, then \\boxed{5}. | 5",
        "\\boxed{\\frac{1}{\\sqrt{2}}} | \\frac{1}{\\sqrt{2}}",
        "\\boxed{\\{1, 2\\}} | \\{1, 2\\}",
        "\\boxed{\\begin{pmatrix}1\\\\{2}\\end{pmatrix}} | \\begin{pmatrix}1\\\\{2}\\end{pmatrix}",
        "\\boxed{4} and \\boxed{5 | 4",
        "\\boxed {7} | 7",
        "$\\boxed 5$ | 5",
        "\\fbox{9} | 9",
        "The answer is 42. I am sure. | 42",
        "The final answer is: $3.5$ | $3.5$",
        "The answer is 4; no, the answer is 5 | 5",
        "THE ANSWER IS 6 | 6",
        "Answer: 7 | 7",
        "9 + 9 = 18 #### 18 | 18",
        "the answer is 1.5. Done | 1.5",
        "we get 3 and then 4 apples | 4",
        "we get -3 | -3",
        "5-3 | 3",
        "it costs 1,234.50 in all | 1,234.50",
        "about 3/4 of it | 3/4",
        "growth of 12% a year | 12%",
        "no number here | (none)",
        "\\boxed{} then 8 | 8",
      })
  void findsTheFinalAnswer(String response, String answer) {
    assertEquals(answer, text(finder, response));
  }

  @Test
  void theOrderIsAnOption() {
    String response = "#### 1\nthe answer is 2\n\\boxed{3}\nfour 4";
    assertEquals("3", text(new AnswerFinder(List.of("boxed", "####")), response));
    assertEquals("1", text(new AnswerFinder(List.of("####", "boxed")), response));
    assertEquals("2", text(new AnswerFinder(List.of("answer is")), response));
    assertEquals("four 4", text(new AnswerFinder(List.of("last-line")), response));
    assertEquals("4", text(new AnswerFinder(List.of("last-number")), response));
    assertEquals("(none)", text(new AnswerFinder(List.of("result")), response));
  }

  @Test
  void saysWhereTheAnswerStood() {
    assertEquals(
        "in the last \\boxed{}", finder.find("\\boxed{1}").map(AnswerFinder.Found::how).orElse(""));
    assertEquals(
        "the last number", finder.find("is it 3?").map(AnswerFinder.Found::how).orElse(""));
  }
}
