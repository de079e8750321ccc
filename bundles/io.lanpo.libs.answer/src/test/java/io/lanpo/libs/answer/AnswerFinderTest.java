package io.lanpo.libs.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFinderTest {
  private static final String BOX = "in the last \\boxed{}";
  private static final AnswerFinder FINDER =
      new AnswerFinder(List.of("boxed", "####", "answer is", "answer", "last-number"));

  private static String text(String ways, String response) {
    return new AnswerFinder(AnswerFinder.ways(ways))
        .find(response)
        .map(Found::text)
        .orElse("(none)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "so \\boxed{5} | 5",
        "first \\boxed{4}, then \\boxed{5}. The answer is 7. | 5",
        "\\boxed{\\frac{1}{\\sqrt{2}}} done | \\frac{1}{\\sqrt{2}}",
        "\\boxed{\\{1, 2\\}} | \\{1, 2\\}",
        "\\boxed{\\begin{pmatrix}1\\\\{2}\\end{pmatrix}} | \\begin{pmatrix}1\\\\{2}\\end{pmatrix}",
        "\\boxed{\\boxed{3}} | 3",
        "\\boxed{4} and \\boxed{5 | 4",
        "\\boxed {7} | 7",
        "$\\boxed 5$ | 5",
        "\\fbox{9} | 9",
        "\\fbox{5} and 7 | 5",
        "\\boxed{} then 8 | 8",
      })
  void findsWhatStandsInTheLastBox(String response, String answer) {
    assertEquals(answer, text("boxed | last-number", response));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zim means keep . gives 4 7 6 answer 8 8 7 | 8 8 7 | after the last 'answer'",
        "18 - 9 = 9 #### 18 | 18 | after the last '####'",
        "The Answer is 42. Hence we are done. | 42 | after the last 'answer is'",
        "THE ANSWER IS 6 | 6 | after the last 'answer is'",
        "The final answer is: $3.5$ | $3.5$ | after the last 'answer is'",
        "The answer is 4; no, the answer is 5 | 5 | after the last 'answer is'",
        "The answer is 5; hence we are done | 5 | after the last 'answer is'",
        "The answer is 1; 2 | 1; 2 | after the last 'answer is'",
        "The answer is x = 1; y = 2 | x = 1; y = 2 | after the last 'answer is'",
        "the answer is 1.5. Done | 1.5 | after the last 'answer is'",
        "the answer is 8:34 p.m. on Monday | 8:34 p.m. on Monday | after the last 'answer is'",
        "the answer is 5 sq. ft! Done | 5 sq. ft | after the last 'answer is'",
        "Answer: 7 | 7 | after the last 'answer'",
        "final answer = x | x | after the last 'answer'",
        "final answer - is it 3? | - is it 3? | after the last 'answer'",
        "Answer: 7. Final answer: | 7 | after the last 'answer'",
        "The answer is **Paris**. | Paris. | after the last 'answer is'",
        "**The answer is 42.** Hence | 42 | after the last 'answer is'",
        "**Answer:** 42 | 42 | after the last 'answer'",
        "**Answer: 42** | 42 | after the last 'answer'",
        "the answer is *5* apples | 5 apples | after the last 'answer is'",
        "the answer is 2*3*x | 2*3*x | after the last 'answer is'",
        "answers vary, say 9 | 9 | the last number",
        "answer | (none) | ",
      })
  void findsWhatFollowsAMarker(String response, String answer, String how) {
    Optional<Found> found = FINDER.find(response);
    assertEquals(answer, found.map(Found::text).orElse("(none)"));
    assertEquals(how, found.map(Found::how).orElse(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "we get 3 and then 4 apples | 4",
        "3 apples and 4/5 pears | 4/5",
        "that is 3 / 4 | 3 / 4",
        "we get 7. | 7",
        "we get -3 | -3",
        "at \u22123 degrees | \u22123",
        "between 3-5 | 5",
        "f(3)-5 | 5",
        "it costs 1,234.50 in all | 1,234.50",
        "it costs 1{,}000 | 1{,}000",
        "the pairs are 1,2345 | 2345",
        "growth of 12% a year | 12%",
        "growth of 12\\% a year | 12\\%",
        "about 1.5e3 of them | 1.5e3",
        "about .5 of it | .5",
        "and so...5 | 5",
        "of length 5cm | 5cm",
        "hence y = 2x | 2x",
        "4 of them, say x2 | 4",
        "no number here | (none)",
      })
  void findsTheLastNumber(String response, String answer) {
    assertEquals(answer, text("boxed | last-number", response));
  }

  @Test
  void theOrderIsAnOption() {
    String response = "#### 1\nthe answer is 2\n\\boxed{3}\nfour 4 \n\n";
    assertEquals("3", text("boxed | ####", response));
    assertEquals("1", text("#### | boxed", response));
    assertEquals("2", text("answer is", response));
    assertEquals("four 4", text("last-line", response));
    assertEquals("4", text("last-number", response));
    assertEquals("(none)", text("result", response));
    assertEquals("(none)", text("", response));
    assertEquals("(none)", text("boxed | #### | answer | last-number | last-line", " \n "));
  }

  @Test
  void anAnswerMayStandOnTheNextLineAndEndsWithItsLine() {
    assertEquals("yes", text("answer", "Answer:\n  yes\nbecause"));
    assertEquals("{5}", text("boxed", "\\boxed{\n{5}\n}"));
  }

  @Test
  void aTagTakesWhatStandsUpToItsEnd() {
    String response = "<answer>1</answer> no, <answer>\n\\frac{1}{2}. Or so\n</answer> done";
    assertEquals("\\frac{1}{2}. Or so", text("<answer>", response));
    assertEquals("5", text("<answer>", "<answer> 5\nand no end"));
  }

  @Test
  void saysWhereTheAnswerStoodAndWhyThereIsNone() {
    assertEquals(Optional.of(new Found("1", "1", "1", BOX)), FINDER.find("\\boxed{1}"));
    assertEquals(Optional.of(new Found("3", "3", "3", "the last number")), FINDER.find("is it 3?"));
    AnswerFinder boxes = new AnswerFinder(List.of("boxed"));
    assertEquals("no answer is found by any of [boxed].", boxes.nothingFound("5"));
    assertEquals(
        "no answer is found by any of [boxed], and a \\boxed{ is not closed.",
        boxes.nothingFound("\\boxed{} or \\boxed{5"));
    assertEquals(
        "no answer is found by any of [boxed], and the last box is empty.",
        boxes.nothingFound("\\boxed{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "**Answer: 73** | 73",
        "#### **73** | 73",
        "the answer is __73__. | 73.",
        "the answer is ```73``` | 73",
        "so <b>73</b> | 73",
        "the answer is **73**! | 73",
        "the answer is 2**3 | 2**3",
        "the answer is x_1*y_1 | x_1*y_1",
        "the answer is (a+b)*c*d | (a+b)*c*d",
        "the answer is \\*73 | \\*73",
        "the answer is **73 | **73",
      })
  void emphasisIsNoPartOfAnAnswerAndNoFormulaIsEmphasis(String response, String answer) {
    assertEquals(answer, text("#### | answer is | answer | last-number", response));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the answer is: The largest $n$ is 34. | 34",
        "the answer is 34 because 5 is odd. | 34",
        "the answer is not 34. | not 34.",
        "the answer is 34 or maybe 35. | 34 or maybe 35.",
        "the answer is 3 or 5. | 3 or 5",
        "the answer is Paris. | Paris.",
        "the answer is: there are 34 ways to do it | 34 ways",
      })
  void findsTheFormulaInProse(String response, String formula) {
    Found found = new AnswerFinder(List.of("answer is")).find(response).orElseThrow();
    assertEquals(formula, found.formula());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the probability is $\\frac{1}{3}$. | $\\frac{1}{3}$",
        "Hence x = \\sqrt{2} | x = \\sqrt{2}",
        "Since $x=3$, the total is 15. | 15",
        "We have $n = 4$. So it is 7. | (none)",
        "It costs $5 and $10 in all. | (none)",
        "Therefore $x=3$ or $x=5$. | $x=3$ or $x=5$",
        "no formula | (none)",
        "an open $x + 1 | x + 1",
      })
  void findsTheLastFormula(String response, String formula) {
    assertEquals(formula, text("last-formula", response));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2^10 | 2",
        "x_12 | (none)",
        "\\frac{1}{2} | (none)",
        "{'a': 5} then 6 | 6",
        "{ 5;6 | 6"
      })
  void aNumberWithinAFormulaIsNotTheLastNumber(String response, String number) {
    assertEquals(number, text("last-number", response.replace(';', '\n')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\boxed{3} or \\boxed{5} | 3 or 5 | 3, 5",
        "\\boxed{3}, \\boxed{5} | 3, 5 | 3, 5",
        "first \\boxed{3}, then \\boxed{5} | 5 | 3, 5",
        "\\boxed{5}; again \\boxed{5} | 5 | 5",
        "\\boxed{3} or \\boxed{5}\\boxed{5} | 3 or 5 | 3, 5",
      })
  void boxesThatHedgeAreOneAnswer(String response, String answer, String all) {
    Found found = new AnswerFinder(List.of("boxed")).find(response).orElseThrow();
    assertEquals(answer, found.text());
    assertEquals(all, found.all());
  }

  @Test
  void aKeyMayBeAListOfAlternatives() {
    assertEquals(List.of("1/2", "0.6"), AnswerFinder.keys("[\"1/2\", \"so \\\\boxed{0.6}\"]"));
    assertEquals(List.of("[1, 2]"), AnswerFinder.keys("[1, 2]"));
    assertEquals(List.of("[\"a"), AnswerFinder.keys("[\"a"));
    assertEquals(List.of("42"), AnswerFinder.keys("42"));
  }

  @Test
  void statesAnAnswerInEachWay() {
    assertEquals(
        List.of("\\boxed{7}", "#### 7", "7"),
        new AnswerFinder(AnswerFinder.ways("boxed | #### | last-number")).responses("7"));
    assertEquals(List.of("7"), new AnswerFinder(List.of()).responses("7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | 5",
        "so it is \\boxed{x^{2}}. | x^{2}",
        "3 + 4 = 7 #### 7 | 7",
        "so \\boxed{ } #### 7 | ``",
      },
      quoteCharacter = '`')
  void readsTheAnswerOfAKeyThatIsAWorkedSolution(String key, String answer) {
    assertEquals(answer, AnswerFinder.ofKey(key));
  }

  /** One pass each; a second one for every sign would not end before the guard. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\boxed{",
        "1,000",
        "answer ",
        "answer: ",
        "1/",
        " ",
        "*",
        "-",
        ".",
        "1",
        ",000",
        "x.",
        "; ",
        "<answer>",
        "<answer></answer>",
        "{",
        "}",
        "\\",
        "$",
        "\\(",
        "\\begin{a}",
        "_",
        "`",
        " *a",
        "x = 1, ",
        "(1, ",
        "a is 5 or ",
        "\\boxed{5} or "
      })
  @Tag("full")
  @Timeout(120)
  void longResponsesAreHarmless(String piece) {
    String text = piece.repeat(200_000);
    for (String way :
        List.of(
            "boxed", "####", "answer", "<answer>", "last-formula", "last-number", "last-line")) {
      AnswerFinder finder = new AnswerFinder(List.of(way));
      finder.find(text);
      finder.find("answer" + text + "answer");
    }
  }
}
