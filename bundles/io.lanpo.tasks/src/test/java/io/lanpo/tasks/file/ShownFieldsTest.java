package io.lanpo.tasks.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a row reaches a question. */
class ShownFieldsTest {
  private final AnyFile source = new AnyFile();

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Task open(Object data, String... more) {
    Map<String, String> given = new HashMap<>();
    given.put("task.data", data.toString());
    given.put("task.held-out-share", "0");
    for (int i = 0; i < more.length; i += 2) {
      given.put("task." + more[i], more[i + 1]);
    }
    List<Setting<?>> declared = new ArrayList<>();
    source.settings().forEach(setting -> declared.add(setting.prefixed("task.")));
    return source.open(Settings.of("test", declared, given).under("task."), 1);
  }

  private UserException refused(Object data, String... more) {
    return assertThrows(UserException.class, () -> open(data, more));
  }

  private static List<String> questions(List<Problem> problems) {
    return problems.stream().map(p -> p.question().text()).toList();
  }

  @Test
  void aQuestionIsMadeOfShownFieldsOnly() throws IOException {
    Path data =
        file(
            "a.jsonl",
            """
            {"problem": "1 + 1", "hint": "Add.", "worked": {"steps": "x", "end": "y"}, "answer": "2"}
            """);
    UserException hidden = refused(data, "question", "{{problem}}{{#hint}} {{hint}}{{/hint}}");
    assertEquals("task.question refers to {{hint}}, which is not shown", hidden.getMessage());
    assertEquals("Add hint to task.shown-fields.", hidden.nextStep());
    UserException answer = refused(data, "question", "{{problem}} {{answer}}");
    assertEquals("Leave it out; it holds the answer.", answer.nextStep());
    assertEquals(
        List.of("{problem=1 + 1, worked.steps=x}"),
        questions(open(data, "question", "{{.}}", "shown-fields", "worked.steps").training()),
        "all that a template can reach");
    UserException unused = refused(data, "shown-fields", "hint");
    assertEquals("task.shown-fields names hint, and nothing shows it", unused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "answer ! answer-field ! answer ! answer",
        "a ! answer-field ! a.b ! a.b",
        "a.b.c ! answer-field ! a.b ! a.b",
        "problem | code ! key-fields ! tests | solution=code ! code",
      })
  void aFieldWithTheAnswerIsNeverShown(String shown, String key, String fields, String where)
      throws IOException {
    Path data = file("a.jsonl", "{\"problem\": \"1 + 1\", \"answer\": \"2\"}\n");
    UserException e = refused(data, "shown-fields", shown, key, fields);
    assertTrue(e.getMessage().startsWith("task.shown-fields names "), e.getMessage());
    assertTrue(e.getMessage().endsWith(": the answer is in " + where), e.getMessage());
  }

  @Test
  void aFieldOfTheDataStandsInTheQuestionAndNotInThePrompt() throws IOException {
    Path data = file("a.jsonl", "{\"problem\": \"1 + 1\", \"hint\": \"h\", \"answer\": \"2\"}\n");
    UserException e = refused(data, "prompt", "{{question}} {{hint}}", "shown-fields", "hint");
    assertTrue(e.getMessage().contains("unknown variable {{hint}}"), e.getMessage());
    assertTrue(e.nextStep().contains("stand in task.question"), e.nextStep());
  }

  @Test
  void aProgrammingProblemNamesItsFunctionAndTheTestsThatAreShown() throws IOException {
    Path data =
        file(
            "a.jsonl",
            """
            {"problem": "Double it.", "tests": ["assert f(1) == 2", "assert f(2) == 4"], "entry_point": "f", "solution": "def f(x): return 2 * x"}
            {"problem": "Write f.", "tests": ["assert f(1) == 1"], "entry_point": "f"}
            """);
    assertEquals(
        List.of("Double it.\n\nThe function is called f.", "Write f."),
        questions(open(data, "layout", "code").training()));
    assertEquals(
        "Double it.\n\nYour code should pass these tests:\n\nassert f(1) == 2\nassert f(2) == 4",
        question(data, "shown-fields", "tests"));
    assertEquals(
        "Double it.\n\nYour code should pass these tests:\n\nassert f(2) == 4",
        question(data, "shown-fields", "tests.1"));
    assertEquals(
        "f: Double it. assert f(1) == 2",
        question(
            data,
            "shown-fields",
            "tests.0",
            "question",
            "{{entry_point}}: {{problem}} {{tests.0}}"));
    assertEquals(
        "{\"tests\":[\"assert f(1) == 2\",\"assert f(2) == 4\"],\"entry_point\":\"f\","
            + "\"solution\":\"def f(x): return 2 * x\",\"prompt\":\"Double it.\"}",
        open(data, "layout", "code").training().get(0).key().text());
    UserException solution = refused(data, "layout", "code", "shown-fields", "solution");
    assertTrue(solution.getMessage().endsWith("the answer is in solution"), solution.getMessage());
    UserException whole =
        refused(
            data,
            "layout",
            "code",
            "shown-fields",
            "tests.0",
            "question",
            "{{problem}} {{#tests}}{{.}}{{/tests}}");
    assertTrue(whole.getMessage().contains("{{tests}}, which is not shown"), whole.getMessage());
  }

  private String question(Path data, String... more) throws IOException {
    String[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = "layout";
    all[more.length + 1] = "code";
    return questions(open(data, all).training()).get(0);
  }
}
