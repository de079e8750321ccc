package io.lanpo.relative.trainingfree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupContrastTest {
  private static final Question QUESTION =
      new Question("q", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .");
  private static final String RIGHT =
      "zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8";
  private static final String WRONG =
      "zim means left then last 8 . left 8 6 8 gives 6 8 8 answer 6 8 8";

  private static JudgedAttempt attempt(String text, boolean accepted) {
    return new JudgedAttempt(new Attempt(QUESTION, text), accepted);
  }

  private static GroupContrast shipped(String name) throws IOException {
    Path file = Path.of("../../configs/io.lanpo.relative.trainingfree.contrast~" + name + ".cfg");
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, Object> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value));
    return strategy(properties);
  }

  private static GroupContrast mine(String key, String value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("felix.fileinstall.filename", "file:configs/mine.cfg");
    properties.put("distil", "{{question}} + {{winner}} - {{loser}}");
    properties.put("apply", "{{#lessons}}{{text}} {{/lessons}}{{question}}");
    properties.put(key, value);
    return strategy(properties);
  }

  /** As declarative services make it. */
  private static GroupContrast strategy(Map<String, Object> properties) {
    GroupContrast.Config config =
        (GroupContrast.Config)
            Proxy.newProxyInstance(
                GroupContrastTest.class.getClassLoader(),
                new Class<?>[] {GroupContrast.Config.class},
                (proxy, method, args) -> value(method, properties));
    return new GroupContrast(config, properties);
  }

  private static Object value(Method method, Map<String, Object> properties) {
    Object value = properties.get(method.getName().replace("$_$", "-"));
    if (value == null) {
      return method.getDefaultValue();
    }
    if (method.getReturnType() == int.class) {
      return Integer.valueOf(value.toString());
    }
    return method.getReturnType() == Format.class ? Format.valueOf(value.toString()) : value;
  }

  @Test
  void onlyAGroupWithBothTeaches() throws IOException {
    GroupContrast micro = shipped("micro");
    assertEquals(
        Optional.empty(), micro.distil(List.of(attempt(RIGHT, true), attempt(RIGHT, true))));
    assertEquals(Optional.empty(), micro.distil(List.of(attempt(WRONG, false))));
    assertEquals(Optional.empty(), micro.distil(attempt(RIGHT, true)), "alone it is no group");
  }

  /** The prompt that the cold start of the micro-world teaches, with the attempt that was right. */
  @Test
  void microDistilsFromTheWinnerInTheLanguageOfTheMicroWorld() throws IOException {
    assertEquals(
        Optional.of(
            new Prompt.Plain(
                "problem : %s attempt : %s right_ lesson :".formatted(QUESTION.text(), RIGHT))),
        shipped("micro").distil(List.of(attempt(WRONG, false), attempt(RIGHT, true))));
  }

  @Test
  void inPlainEnglishBothAreCompared() throws IOException {
    GroupContrast text = shipped("text");
    Prompt.Chat asked =
        assertInstanceOf(
            Prompt.Chat.class,
            text.distil(List.of(attempt("x < 5", true), attempt("x > 5", false))).orElseThrow());
    assertEquals(Message.Role.SYSTEM, asked.messages().get(0).role());
    assertTrue(asked.text().contains("was right:\nx < 5\n"), asked.text());
    assertTrue(asked.text().contains("was wrong:\nx > 5\n"), asked.text());
    assertEquals(Optional.of("Turn the sign."), text.lesson("They part. Lesson: Turn\nthe sign."));
    String shown =
        text.apply(
                QUESTION,
                List.of(new Lesson("l", Lesson.Kind.PRINCIPLE, "Turn the sign.", QUESTION)))
            .text();
    assertTrue(shown.contains("- Turn the sign.\n"), shown);
  }

  @Test
  void theFirstOfEachThatCanBeShownAreCompared() {
    assertEquals(
        "%s + right one - wrong one".formatted(QUESTION.text()),
        mine("longest-attempt", "2")
            .distil(
                List.of(
                    attempt("much too long", true),
                    attempt(" ", false),
                    attempt("wrong one", false),
                    attempt("right one", true),
                    attempt("right too", true)))
            .orElseThrow()
            .text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distil | {{question}} {{loser}} | distil does not refer to {{winner}}",
        "distil | {{question}} {{winner}} {{attempt}} | distil refers to the unknown variable {{attempt}}",
        "apply | {{question}} | apply does not refer to {{lessons}}",
        "lesson-pattern | ( | lesson-pattern = ( is not allowed; it must be a regular expression",
      })
  void refusesWhatItCannotUse(String key, String value, String message) {
    UserException e = assertThrows(UserException.class, () -> mine(key, value));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("configs/mine.cfg: " + message), e.getMessage());
  }
}
