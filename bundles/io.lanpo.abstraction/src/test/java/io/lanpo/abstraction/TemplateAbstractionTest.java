package io.lanpo.abstraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateAbstractionTest {
  private static final Question QUESTION =
      new Question("q", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .");
  private static final String TEXT =
      "zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8";

  private static JudgedAttempt attempt(String text, boolean solved) {
    return new JudgedAttempt(new Attempt(QUESTION, text), solved);
  }

  private static Lesson lesson(Lesson.Kind kind, String text) {
    return new Lesson("l", kind, text, new Question("other", "?"));
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("felix.fileinstall.filename", "file:configs/mine.cfg");
    properties.put("lanpo.name", "mine");
    properties.put("distil", "{{question}} {{attempt}}");
    properties.put("apply", "{{#lessons}}{{text}} {{/lessons}}{{question}}");
    properties.put(key, value);
    return properties;
  }

  @ParameterizedTest
  @CsvSource({"true, right_", "false, wrong"})
  void microDistilsInTheLanguageOfTheMicroWorld(boolean solved, String word) throws IOException {
    assertEquals(
        Optional.of(
            new Prompt.Plain(
                "problem : %s attempt : %s %s lesson :".formatted(QUESTION.text(), TEXT, word))),
        ShippedConfiguration.strategy("micro").distil(attempt(TEXT, solved)));
  }

  @Test
  void microShowsOneLesson() throws IOException {
    String principle = "principle : zim means right then last 8 .";
    assertEquals(
        new Prompt.Plain(principle + " problem : " + QUESTION.text() + " solution :"),
        ShippedConfiguration.strategy("micro")
            .apply(
                QUESTION,
                List.of(
                    lesson(Lesson.Kind.PRINCIPLE, principle), lesson(Lesson.Kind.PITFALL, "no"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principle : zim means right then last 8 . | true",
        "pitfall : zim is not right then last 8 . | true",
        "principle : zim means right then last 8 | false",
        "zim means right then last 8 . | false",
        "principle : . | false",
        "principle : a b c d e f g h i j k l m . | false",
        "'' | false",
      })
  void microKeepsWholeLessonsOnly(String completion, boolean kept) throws IOException {
    assertEquals(
        kept ? Optional.of(completion) : Optional.empty(),
        ShippedConfiguration.strategy("micro").lesson(completion));
  }

  @Test
  void lessonsInPlainEnglishSayWhatWorkedAndWhatToAvoid() throws IOException {
    TemplateAbstraction lessons = ShippedConfiguration.strategy("math");
    Prompt.Chat right =
        assertInstanceOf(Prompt.Chat.class, lessons.distil(attempt("x < 5", true)).orElseThrow());
    assertEquals(Message.Role.SYSTEM, right.messages().get(0).role());
    assertTrue(right.text().contains("was right") && right.text().contains("principle"));
    assertFalse(right.text().contains("pitfall"));
    assertTrue(right.text().contains("x < 5"));
    Prompt wrong = lessons.distil(attempt("x", false)).orElseThrow();
    assertTrue(wrong.text().contains("was wrong") && wrong.text().contains("pitfall"));
    Prompt shown =
        lessons.apply(
            QUESTION,
            List.of(
                lesson(Lesson.Kind.PRINCIPLE, "Check the parity."),
                lesson(Lesson.Kind.PITFALL, "Do not divide by zero.")));
    assertTrue(
        shown
            .text()
            .contains("- Principle: Check the parity.\n- Pitfall: Do not divide by zero.\n"),
        shown.text());
    assertTrue(shown.text().contains("\\boxed{}"), shown.text());
  }

  @Test
  void aLessonInPlainEnglishFollowsItsMarker() throws IOException {
    TemplateAbstraction lessons = ShippedConfiguration.strategy("math");
    assertEquals(
        Optional.of("For sums, check the parity."),
        lessons.lesson("The trick.\nLesson: For sums,\n check the parity.\n"));
    assertEquals(Optional.empty(), lessons.lesson("check the parity"));
    assertEquals(Optional.empty(), lessons.lesson("LESSON: "));
    assertEquals(Optional.empty(), lessons.lesson("LESSON: " + "very ".repeat(100) + "long"));
  }

  @Test
  void lessonsForASmallChatModelFollowExamplesAndAreNoSolutions() throws IOException {
    TemplateAbstraction small = ShippedConfiguration.ofExperiment("smollm2");
    Prompt.Chat right =
        assertInstanceOf(Prompt.Chat.class, small.distil(attempt("5 - 3 = 2", true)).orElseThrow());
    assertEquals(5, right.messages().size());
    assertTrue(right.messages().get(4).text().endsWith("Right solution: 5 - 3 = 2"));
    for (int i = 1; i < 4; i += 2) {
      assertTrue(small.lesson(right.messages().get(i).text()).isPresent(), "an example of itself");
    }
    assertTrue(
        small.distil(attempt("5 - 3 = 1", false)).orElseThrow().text().endsWith("5 - 3 = 1"));
    assertEquals(
        Optional.of("Take away what was given."), small.lesson("Take away\nwhat was given."));
    assertEquals(
        Optional.of("Take 5 away when 5 are given."),
        small.lesson("Take 5 away when 5 are given."));
    assertEquals(Optional.empty(), small.lesson("The answer is 2."));
    assertEquals(Optional.empty(), small.lesson("Take away: 5 - 3 = 2"));
    Prompt shown = small.apply(QUESTION, List.of(lesson(Lesson.Kind.PITFALL, "Read all.")));
    assertTrue(
        shown.text().endsWith("Watch out: Read all.\nProblem: " + QUESTION.text()), shown.text());
  }

  @Test
  void lessonsAreCondensedForTheQuestionAtHand() throws IOException {
    assertEquals(Optional.empty(), ShippedConfiguration.strategy("math").condensing());
    AbstractionStrategy.Condensing condensing =
        ShippedConfiguration.strategy("condensed").condensing().orElseThrow();
    Prompt.Chat asked =
        assertInstanceOf(
            Prompt.Chat.class,
            condensing
                .prompt(
                    QUESTION,
                    List.of(
                        lesson(Lesson.Kind.PRINCIPLE, "Check the parity."),
                        lesson(Lesson.Kind.PITFALL, "Do not divide by zero.")))
                .orElseThrow());
    assertEquals(Message.Role.SYSTEM, asked.messages().get(0).role());
    assertTrue(asked.text().contains(QUESTION.text()), asked.text());
    assertTrue(
        asked
            .text()
            .contains("- Principle: Check the parity.\n- Pitfall: Do not divide by zero.\n"),
        asked.text());
    assertEquals(
        Optional.of("Try parity first."), condensing.text("Hm. Notes: Try parity\nfirst."));
    assertEquals(Optional.empty(), condensing.text("Try parity first."));
    assertEquals(Optional.empty(), condensing.text("NOTES: " + "so ".repeat(201)));
    Prompt posed = condensing.apply(QUESTION, "Try {{parity}} first.");
    assertTrue(posed.text().contains("apply:\nTry {{parity}} first.\n"), posed.text());
    assertTrue(posed.text().contains("\\boxed{}"), posed.text());
  }

  /** In the form of distilling, which the policy of the micro-world knows. */
  @Test
  void microCondensesInTheFormInWhichItDistils() throws IOException {
    AbstractionStrategy.Condensing condensing =
        ShippedConfiguration.strategy("micro-condensed").condensing().orElseThrow();
    String pitfall = "pitfall : zim is not right then last 8 .";
    assertEquals(
        Optional.of(
            new Prompt.Plain(
                "problem : %s attempt : %s wrong lesson :".formatted(QUESTION.text(), pitfall))),
        condensing.prompt(QUESTION, List.of(lesson(Lesson.Kind.PITFALL, pitfall))));
    assertEquals(Optional.of(pitfall), condensing.text(" " + pitfall + " "));
    assertEquals(Optional.empty(), condensing.text("zim is not right"));
    assertEquals(
        new Prompt.Plain(pitfall + " problem : " + QUESTION.text() + " solution :"),
        condensing.apply(QUESTION, pitfall));
  }

  @Test
  void atMostSoManyLessonsAreCondensed() {
    Map<String, Object> properties = with("max-lessons", "2");
    properties.put("condense", "{{question}}{{#lessons}} {{text}}{{/lessons}}");
    properties.put("apply-condensed", "{{condensed}} {{question}}");
    List<Lesson> three =
        List.of(
            lesson(Lesson.Kind.PRINCIPLE, "a"),
            lesson(Lesson.Kind.PITFALL, "b"),
            lesson(Lesson.Kind.PRINCIPLE, "c"));
    assertEquals(
        Optional.of(new Prompt.Plain(QUESTION.text() + " a b")),
        ShippedConfiguration.strategy(properties)
            .condensing()
            .orElseThrow()
            .prompt(QUESTION, three));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "condense | {{question}} | condense does not refer to {{lessons}}",
        "condense | {{question}}{{#lessons}}{{text}}{{/lessons}} | apply-condensed = null is not allowed; it must be a template",
        "apply-condensed | {{condensed}} {{question}} | apply-condensed is given without condense",
      })
  void refusesToCondenseInHalf(String key, String value, String message) {
    UserException e =
        assertThrows(UserException.class, () -> ShippedConfiguration.strategy(with(key, value)));
    assertEquals("configs/mine.cfg: " + message, e.getMessage());
  }

  @Test
  void nothingIsDistilledFromAnAttemptThatIsEmptyOrTooLong() {
    TemplateAbstraction strategy = ShippedConfiguration.strategy(with("longest-attempt", "3"));
    assertTrue(strategy.distil(attempt("a b  c", true)).isPresent());
    assertEquals(Optional.empty(), strategy.distil(attempt("a b c d", true)));
    assertEquals(Optional.empty(), strategy.distil(attempt(" ", false)));
  }

  @Test
  void wordsInALessonAreNeverTakenForATemplate() {
    TemplateAbstraction strategy = ShippedConfiguration.strategy(with("max-lessons", "2"));
    assertEquals(
        "{{question}} a & b " + QUESTION.text(),
        strategy
            .apply(
                QUESTION,
                List.of(
                    lesson(Lesson.Kind.PRINCIPLE, "{{question}}"),
                    lesson(Lesson.Kind.PRINCIPLE, "a & b"),
                    lesson(Lesson.Kind.PRINCIPLE, "third")))
            .text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distil | {{question}} {{atempt}} | distil refers to the unknown variable {{atempt}} | Did you mean attempt",
        "distil | {{question}} {{attempt}} {{key}} | unknown variable {{key}} | ",
        "distil | {{question}} | distil does not refer to {{attempt}} | Add it",
        "apply | {{question}} {{attempt}} | apply refers to the unknown variable {{attempt}} | ",
        "apply | {{question}} | apply does not refer to {{lessons}} | Add it",
        "apply | {{#lessons}}x{{/lessons}}{{question}} | apply does not refer to {{text}} | Add it",
        "apply | {{#lessons}}x{{/lessons}}{{text}}{{question}} | apply cannot be filled | section",
        "apply | {{#lessons}}{{text}}{{question}} | apply is not a Mustache template | Correct",
        "apply | '' | apply =  is not allowed; it must be a template | ",
        "lesson-pattern | ( | lesson-pattern = ( is not allowed; it must be a regular expression | ",
      })
  void refusesWhatItCannotUse(String key, String value, String message, String nextStep) {
    UserException e =
        assertThrows(UserException.class, () -> ShippedConfiguration.strategy(with(key, value)));
    assertTrue(e.getMessage().startsWith("configs/mine.cfg: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep == null ? "" : nextStep), e.nextStep());
  }
}
