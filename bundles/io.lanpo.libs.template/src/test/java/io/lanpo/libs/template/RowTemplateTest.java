package io.lanpo.libs.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTemplateTest {
  private static final Refusal REFUSAL =
      (what, next, cause) -> new UserException("task.question " + what, next, cause);

  private static String filled(String template, Map<String, Object> values) {
    return new RowTemplate(template, REFUSAL)
        .fill(values, field -> new UserException("lacks " + field, ""));
  }

  @Test
  void sectionsAreForWhatNotEveryRowHas() {
    String template = "{{a}}{{#hint}} ({{hint}}){{/hint}}{{#list}} {{.}};{{/list}}";
    assertEquals(
        "<x> (y) 1; 2;",
        filled(template, Map.of("a", "<x>", "hint", "y", "list", List.of("1", "2"))));
    assertEquals("x", filled(template, Map.of("a", "x", "hint", "")));
  }

  @Test
  void partsOfFieldsHaveDots() {
    Map<String, Object> row = Map.of("turns", List.of(Map.of("text", "x"), Map.of("text", "y")));
    assertEquals("y", filled("{{turns.1.text}}", row));
  }

  @ParameterizedTest
  @CsvSource({
    "{{b}}, lacks b",
    "{{a.b}}, lacks a.b",
    "{{#a}}{{c}}{{/a}}, lacks c",
    "plain, task.question refers to no field: every problem would be the same",
    "{{#a}}, task.question is not a Mustache template",
    "{{a}}{{>b}}, 'task.question refers to the template {{> b}}, and there is none'",
  })
  void refusesWhatCannotBeFilled(String template, String message) {
    UserException e = assertThrows(UserException.class, () -> filled(template, Map.of("a", "x")));
    assertEquals(message, e.getMessage().substring(0, message.length()));
  }
}
