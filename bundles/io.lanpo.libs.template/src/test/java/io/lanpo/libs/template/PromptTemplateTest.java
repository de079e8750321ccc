package io.lanpo.libs.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.samskivert.mustache.MustacheException;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTemplateTest {
  private static final Variables REVIEW = Variables.texts("question", "attempt");
  private static final Variables LESSONS =
      new Variables(
          Set.of("question", "lessons", "text"),
          Set.of("principle"),
          Map.of("question", "", "lessons", List.of()));

  private static PromptTemplate template(
      String text, Variables variables, Format format, String system) {
    return new PromptTemplate(
        text,
        variables,
        format,
        system,
        new Examples(List.of()),
        (what, nextStep, cause) -> new UserException("mine.cfg: key " + what, nextStep, cause));
  }

  private static PromptTemplate plain(String text, Variables variables) {
    return template(text, variables, Format.PLAIN, "");
  }

  private static UserException refused(String text, Variables variables) {
    return assertThrows(UserException.class, () -> plain(text, variables));
  }

  @Test
  void valuesArePutInAsTheyAre() {
    assertEquals(
        new Prompt.Plain("<b> & \"x\" | {{question}} {{{attempt}}} $1 \\n"),
        plain("{{question}} | {{ attempt }}", REVIEW)
            .fill(
                Map.of("question", "<b> & \"x\"", "attempt", "{{question}} {{{attempt}}} $1 \\n")));
  }

  @Test
  void sectionsShowWhatIsInAList() {
    assertEquals(
        new Prompt.Plain("+ a - b of q"),
        plain(
                "{{#lessons}}{{#principle}}+{{/principle}}{{^principle}}-{{/principle}} {{text}} "
                    + "{{/lessons}}of {{question}}",
                LESSONS)
            .fill(
                Map.of(
                    "question",
                    "q",
                    "lessons",
                    List.of(
                        Map.of("text", "a", "principle", true),
                        Map.of("text", "b", "principle", false)))));
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "' ', 0", "' Be exact. ', 1"})
  void aChatHasASystemTurnIfThereIsAText(String system, int turns) {
    Prompt prompt =
        template("{{question}}{{attempt}}", REVIEW, Format.CHAT, system)
            .fill(Map.of("question", "q", "attempt", "a"));
    List<Message> messages = assertInstanceOf(Prompt.Chat.class, prompt).messages();
    assertEquals(turns + 1, messages.size());
    assertEquals(new Message(Message.Role.USER, "qa"), messages.get(turns));
    assertTrue(
        turns == 0 || messages.get(0).equals(new Message(Message.Role.SYSTEM, "Be exact.")),
        messages.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, 'SYSTEM: s\nUSER: 1\nASSISTANT: x => y\nUSER: 2\nASSISTANT: b\nUSER: qa'",
    "PLAIN, '1 x => y\n\n2 b\n\nqa'"
  })
  void examplesStandBeforeThePrompt(Format format, String text) {
    Prompt prompt =
        new PromptTemplate(
                "{{question}}{{attempt}}",
                REVIEW,
                format,
                "s",
                Examples.parse("1 => x => y || 2=>b", PromptTemplateTest::refusal),
                PromptTemplateTest::refusal)
            .fill(Map.of("question", "q", "attempt", "a"));
    assertEquals(text, prompt.text());
  }

  @ParameterizedTest
  @CsvSource({"1 + 1?", "=> 2", "1 + 1? =>"})
  void anExampleHasTwoSides(String example) {
    UserException refused =
        assertThrows(
            UserException.class,
            () -> Examples.parse("a => b || " + example, PromptTemplateTest::refusal));
    assertEquals(
        "mine.cfg: key has '%s', which is not a prompt and a completion".formatted(example),
        refused.getMessage());
  }

  private static UserException refusal(String what, String nextStep, @Nullable Throwable cause) {
    return new UserException("mine.cfg: key " + what, nextStep, cause);
  }

  @Test
  void plainTextHasNoSystemTurn() {
    assertEquals(
        new Prompt.Plain("qa"),
        template("{{question}}{{attempt}}", REVIEW, Format.PLAIN, "Be exact.")
            .fill(Map.of("question", "q", "attempt", "a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{question}} {{atempt}} | refers to the unknown variable {{atempt}} | Did you mean attempt?",
        "{{question}} {{attempt}} {{answer}} | refers to the unknown variable {{answer}} | Known: attempt, question.",
        "{{question}} {{attempt}} {{#reward}}x{{/reward}} | refers to the unknown variable {{reward}} | Known",
        "{{question}} {{attempt}} {{^reward}}x{{/reward}} | refers to the unknown variable {{reward}} | Known",
        "{{#question}}{{answer}}{{/question}} {{attempt}} | refers to the unknown variable {{answer}} | Known",
        "{{question}} {{attempt}} {{question.id}} | refers to the unknown variable {{question.id}} | question",
        "{{question}} {{attempt}} {{.}} | refers to the unknown variable {{.}} | Known",
        "{{question}} {{attempt}} {{>other}} | refers to the unknown variable {{> other}} | Known",
        "{{question}} | does not refer to {{attempt}} | Add it to the template.",
        "{{question}} {{!attempt}} | does not refer to {{attempt}} | Add it to the template.",
        "{{question}} {{attempt | does not refer to {{attempt}} | Add it to the template.",
        "{{#attempt}} {{question}} | is not a Mustache template: | Correct the template.",
      })
  void refusesTextsItCannotFill(String text, String message, String nextStep) {
    UserException e = refused(text, REVIEW);
    assertTrue(e.getMessage().startsWith("mine.cfg: key " + message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep), e.nextStep());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{question}} {{attempt}} | refers to the unknown variable {{attempt}} | Known",
        "{{question}} | does not refer to {{lessons}} | Add it to the template.",
        "{{#lessons}}x{{/lessons}}{{question}} | does not refer to {{text}} | Add it to the template.",
        "{{#lessons}}x{{/lessons}}{{text}}{{question}} | cannot be filled: | A variable of a section stands outside.",
        "{{#lessons}}{{text}}{{/lessons}}{{question}}{{#principle}}x{{/principle}} | cannot be filled: | A variable of a section",
        "{{#lessons}}{{text}}{{question}} | is not a Mustache template: | Correct the template.",
      })
  void refusesSectionsItCannotFill(String text, String message, String nextStep) {
    UserException e = refused(text, LESSONS);
    assertTrue(e.getMessage().startsWith("mine.cfg: key " + message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep), e.nextStep());
  }

  @Test
  void theFailureBehindARefusalIsKept() {
    assertInstanceOf(MustacheException.class, refused("{{#question}}", REVIEW).getCause());
    assertInstanceOf(
        MustacheException.class,
        refused("{{#lessons}}x{{/lessons}}{{text}}{{question}}", LESSONS).getCause());
  }
}
