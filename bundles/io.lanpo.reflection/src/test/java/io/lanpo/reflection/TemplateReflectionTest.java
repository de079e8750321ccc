package io.lanpo.reflection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateReflectionTest {
  private static final Question QUESTION =
      new Question("q", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .");
  private static final String TEXT =
      "zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8";

  private static Attempt attempt(String text) {
    return new Attempt(QUESTION, text);
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("felix.fileinstall.filename", "file:configs/mine.cfg");
    properties.put("lanpo.name", "mine");
    properties.put("prompt", "{{question}} {{attempt}}");
    properties.put("solution-marker", "so:");
    properties.put(key, value);
    return properties;
  }

  @Test
  void microPromptIsInTheLanguageOfTheMicroWorld() throws IOException {
    assertEquals(
        Optional.of(
            new Prompt.Plain("problem : " + QUESTION.text() + " attempt : " + TEXT + " review :")),
        ShippedConfiguration.strategy("micro").reflect(QUESTION, attempt(TEXT)));
  }

  @Test
  void microSolutionFollowsTheLastMarker() throws IOException {
    TemplateReflection micro = ShippedConfiguration.strategy("micro");
    assertEquals(Optional.of(TEXT), micro.solution("try right ok solution : x solution : " + TEXT));
    assertEquals(Optional.empty(), micro.solution("try right ok"));
    assertEquals(Optional.empty(), micro.solution("try right ok solution : "));
  }

  @Test
  void aReviewIsAChatThatNeverSaysWhetherTheAttemptWasRight() throws IOException {
    TemplateReflection math = ShippedConfiguration.strategy("math");
    Prompt prompt = math.reflect(QUESTION, attempt("x < 5 & y")).orElseThrow();
    Prompt.Chat chat = assertInstanceOf(Prompt.Chat.class, prompt);
    assertEquals(Message.Role.SYSTEM, chat.messages().get(0).role());
    String user = chat.messages().get(1).text();
    assertTrue(user.contains(QUESTION.text()) && user.contains("x < 5 & y"), user);
    assertTrue(user.contains("\\boxed{}") && user.contains("\n"), user);
    assertFalse(user.contains("{{"), user);
  }

  @Test
  void theRefinedSolutionIsFoundWhateverTheCase() throws IOException {
    TemplateReflection math = ShippedConfiguration.strategy("math");
    assertEquals(
        Optional.of("The sum is \\boxed{7}."),
        math.solution("Step 1 is off.\nRefined Solution\nThe sum is \\boxed{7}.\n"));
  }

  @Test
  void aReviewForASmallChatModelFollowsExamples() throws IOException {
    TemplateReflection small = ShippedConfiguration.ofExperiment("smollm2");
    Prompt prompt = small.reflect(QUESTION, attempt("5 - 3 = 1\n#### 1")).orElseThrow();
    Prompt.Chat chat = assertInstanceOf(Prompt.Chat.class, prompt);
    assertEquals(7, chat.messages().size());
    assertEquals(
        "Problem: " + QUESTION.text() + "\nAttempt: 5 - 3 = 1\n#### 1",
        chat.messages().get(6).text());
    for (int i = 1; i < 6; i += 2) {
      assertEquals(Message.Role.ASSISTANT, chat.messages().get(i).role());
      assertTrue(small.solution(chat.messages().get(i).text()).isPresent(), "an example of itself");
    }
    assertEquals(
        Optional.of("They are gone, so 5 - 3 = 2\n#### 2"),
        small.solution("Check: They are gone, so 5 - 3 = 2\n#### 2"));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("2 is right.\n\n**Refined solution:**\n1 + 1 = 2 #### 2", "1 + 1 = 2 #### 2"),
        Arguments.of(
            "REFINED SOLUTION\nSo \\boxed{7}.\n\nThe refined solution is complete.",
            "So \\boxed{7}.\n\nThe refined solution is complete."),
        Arguments.of(
            "It says \\boxed{5}.\n\n2 and 5\nare \\boxed{7}.\nDone.",
            "2 and 5\nare \\boxed{7}.\nDone."),
        Arguments.of(
            "It is 5, \\boxed{5}.\nREFINED SOLUTION\nNo change.",
            "It is 5, \\boxed{5}.\nREFINED SOLUTION\nNo change."),
        Arguments.of(
            "The answer is 5.\n \nFinal answer: 7\n\nThe answer is right.",
            "Final answer: 7\n\nThe answer is right."),
        Arguments.of("All is well.\n\nHence the answer is 7.", "Hence the answer is 7."),
        Arguments.of("REFINED SOLUTION\n7 it is", "7 it is"));
  }

  @ParameterizedTest
  @MethodSource
  void answers(String review, String solution) {
    TemplateReflection strategy = of("ANSWER");
    assertEquals(Optional.of(solution), strategy.solution(review));
  }

  static Stream<Arguments> programs() {
    String first = "```python\ndef f():\n  return 1\n```";
    String second = "```python\ndef f():\n  return 2\n```";
    return Stream.of(
        Arguments.of(first + "\nIs wrong.\n## REFINED SOLUTION ##\n" + second, second),
        Arguments.of(first + "\nREFINED SOLUTION:\ndef f():\n  return 3", "def f():\n  return 3"),
        Arguments.of(first + "\nIs wrong; instead\n" + second + "\nworks.", second),
        Arguments.of(second + "\nThis refined solution works.", second),
        Arguments.of(second + "\nTry it:\n```python\nprint(f())\n```", second),
        Arguments.of(
            "```python\n# The attempt forgets 0.\n\n# So:\ndef f():\n  # as before\n  return 3\n```",
            "```python\ndef f():\n  # as before\n  return 3\n```"),
        Arguments.of("```python\n# nothing to do\n```", "```python\n```"),
        Arguments.of("Run it:\n```\n1\n```\n~~~\n2\n~~~\n", "~~~\n2\n~~~"),
        Arguments.of(
            "It loops.\n```python\ndef f():\n  x = '```'", "```python\ndef f():\n  x = '```'"));
  }

  @ParameterizedTest
  @MethodSource
  void programs(String review, String solution) {
    assertEquals(Optional.of(solution), of("PROGRAM").solution(review));
  }

  @Test
  void theFormDoesWithoutAMarker() {
    Map<String, Object> properties = with("solution-form", "PROGRAM");
    properties.remove("solution-marker");
    assertEquals(
        Optional.of("```python\ndef f():\n  return 1\n```"),
        ShippedConfiguration.strategy(properties)
            .solution("```python\n# Right.\ndef f():\n  return 1\n```"));
  }

  @Test
  void aReviewWithNeitherMarkerNorSolutionHasNone() {
    String review = "It adds where it has to multiply.";
    assertEquals(Optional.empty(), of("ANSWER").solution(review));
    assertEquals(Optional.empty(), of("PROGRAM").solution(review));
    assertEquals(Optional.empty(), of("ANY").solution(review + " \\boxed{7}\n```\n1\n```"));
    assertEquals(Optional.empty(), of("PROGRAM").solution("REFINED SOLUTION"));
  }

  private static TemplateReflection of(String form) {
    Map<String, Object> properties = with("solution-form", form);
    properties.put("solution-marker", "REFINED SOLUTION");
    return ShippedConfiguration.strategy(properties);
  }

  @Test
  void anAttemptThatIsEmptyOrTooLongIsNotReviewed() {
    TemplateReflection strategy = ShippedConfiguration.strategy(with("longest-attempt", "3"));
    assertTrue(strategy.reflect(QUESTION, attempt("a b  c")).isPresent());
    assertEquals(Optional.empty(), strategy.reflect(QUESTION, attempt("a b c d")));
    assertEquals(Optional.empty(), strategy.reflect(QUESTION, attempt(" ")));
  }

  @Test
  void wordsInAnAttemptAreNeverTakenForATemplate() {
    TemplateReflection strategy = ShippedConfiguration.strategy(with("format", "PLAIN"));
    assertEquals(
        QUESTION.text() + " {{question}} $1 \\n",
        strategy.reflect(QUESTION, attempt("{{question}} $1 \\n")).orElseThrow().text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt | {{question}} {{atempt}} | configs/mine.cfg: prompt refers to the unknown variable"
            + " {{atempt}} | Did you mean attempt",
        "prompt | {{question}} {{attempt}} {{answer}} | unknown variable {{answer}} | ",
        "prompt | {{question}} {{attempt}} {{#reward}}x{{/reward}} | unknown variable {{reward}} |"
            + " ",
        "prompt | {{question}} | prompt does not refer to {{attempt}} | Add it",
        "prompt | {{#attempt}} {{question}} | prompt is not a Mustache template | ",
        "prompt | '' | prompt =  is not allowed; it must be a template | ",
        "solution-marker | ' ' | solution-marker =   is not allowed; it must be a text, as"
            + " solution-form = ANY finds | ",
      })
  void refusesWhatItCannotUse(String key, String value, String message, String nextStep) {
    UserException e =
        assertThrows(UserException.class, () -> ShippedConfiguration.strategy(with(key, value)));
    assertTrue(e.getMessage().startsWith("configs/mine.cfg: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep == null ? "" : nextStep), e.nextStep());
  }
}
