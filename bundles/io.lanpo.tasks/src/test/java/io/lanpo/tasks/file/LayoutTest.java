package io.lanpo.tasks.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets as they are published, with content of our own in {@code layouts/}. */
class LayoutTest {
  private final AnyFile source = new AnyFile();

  @TempDir Path folder;

  private static Path published(String layout) {
    return Path.of("src/test/resources/layouts", layout + ".jsonl");
  }

  private List<Problem> open(Path data, String layout, String... more) {
    Map<String, String> given = new HashMap<>();
    given.put("task.data", data.toString());
    given.put("task.layout", layout);
    given.put("task.held-out-share", "0");
    for (int i = 0; i < more.length; i += 2) {
      given.put("task." + more[i], more[i + 1]);
    }
    List<Setting<?>> declared = new ArrayList<>();
    source.settings().forEach(setting -> declared.add(setting.prefixed("task.")));
    return source.open(Settings.of("test", declared, given).under("task."), 1).training();
  }

  private List<Problem> open(String layout) {
    return open(published(layout), layout);
  }

  private UserException refused(Path data, String layout, String... more) {
    return assertThrows(UserException.class, () -> open(data, layout, more));
  }

  private static List<String> keys(List<Problem> problems) {
    return problems.stream().map(p -> p.key().text()).toList();
  }

  private static JsonObject key(Problem problem) {
    return JsonParser.parseString(problem.key().text()).getAsJsonObject();
  }

  @Test
  void gsm8kHasTheAnswerBehindItsMark() {
    List<Problem> problems = open("gsm8k");
    assertEquals(List.of("7", "12500", "-3"), keys(problems));
    assertTrue(problems.get(0).question().text().startsWith("A baker has 12 loaves"));
  }

  @Test
  void mathHasTheAnswerInTheLastBox() {
    List<Problem> problems = open("math");
    assertEquals(List.of("\\frac{3}{4}", "5", "\\{1,2\\}"), keys(problems));
    assertEquals(Map.of("level", "Level 2", "subject", "Prealgebra"), problems.get(0).labels());
  }

  @Test
  void dapoMathHasTheProblemWithinItsFrame() {
    List<Problem> problems = open("dapo-math");
    assertEquals(List.of("34", "8"), keys(problems), "a row that is repeated counts once");
    assertEquals(
        "Let $n$ be even.\n\nHow many such $n$ are below 70?", problems.get(0).question().text());
    assertEquals("frame-1", problems.get(0).question().id());
    assertEquals("How much is 3 + 5?", problems.get(1).question().text(), "one without a frame");
  }

  @Test
  void mbppShowsItsTestsWithoutTheChallenges() {
    List<Problem> problems = open("mbpp");
    assertEquals(
        "Write a function to double a number.\n\nYour code should pass these tests:\n\n"
            + "assert double(2) == 4\nassert double(0) == 0",
        problems.get(0).question().text());
    JsonObject key = key(problems.get(0));
    assertEquals(3, key.getAsJsonArray("tests").size(), "challenge tests count too");
    assertEquals("import math", key.get("setup").getAsString());
    assertTrue(key.get("solution").getAsString().startsWith("def helper(n):"));
    assertEquals("601", problems.get(0).question().id());
    JsonObject sanitized = key(problems.get(1));
    assertEquals("import math\nimport re", sanitized.get("setup").getAsString());
    assertTrue(problems.get(1).question().text().startsWith("Write a function to halve"));
  }

  @Test
  void humanEvalHasAPromptThatIsGoneOnWith() {
    Problem problem = open("humaneval").get(0);
    JsonObject key = key(problem);
    assertEquals("Own/0", problem.question().id());
    assertEquals(problem.question().text(), key.get("prompt").getAsString());
    assertEquals("last_digit", key.get("entry_point").getAsString());
    assertTrue(key.get("tests").getAsString().contains("def check(candidate)"));
    assertEquals("    return n % 10\n", key.get("solution").getAsString());
  }

  @Test
  void appsHasTestsAndSolutionsAsText() {
    List<Problem> problems = open("apps");
    JsonObject key = key(problems.get(0));
    assertTrue(
        problems
            .get(0)
            .question()
            .text()
            .endsWith("\n\nRead from standard input and write to standard output."));
    JsonObject tests = JsonParser.parseString(key.get("tests").getAsString()).getAsJsonObject();
    assertEquals(2, tests.getAsJsonArray("inputs").size());
    assertTrue(key.get("solution").getAsString().startsWith("["));
    assertTrue(
        problems
            .get(1)
            .question()
            .text()
            .endsWith("\n\nBegin with:\n\nclass Solution:\n    def twice(self, n):"));
    assertEquals(Map.of("level", "interview"), problems.get(1).labels());
    assertEquals("", key(problems.get(2)).get("tests").getAsString(), "for the gold check to find");
  }

  @Test
  void liveCodeBenchHasPublicAndPrivateTests() {
    List<Problem> problems = open("livecodebench");
    JsonObject key = key(problems.get(0));
    JsonArray tests = key.getAsJsonArray("tests");
    assertEquals(3, tests.size());
    assertEquals("functional", tests.get(2).getAsJsonObject().get("testtype").getAsString());
    assertEquals("{\"func_name\": \"twice\"}", key.get("entry_point").getAsString());
    assertEquals("own-1", problems.get(0).question().id());
    assertEquals(Map.of("level", "easy"), problems.get(0).labels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "gsm8k ! {\"question\": \"q\", \"answer\": \"seven\"} ! :1 has an \"answer\" without a"
            + " number behind ####",
        "gsm8k ! {\"question\": \"q\", \"answer\": \"x #### \"} ! :1 has an \"answer\" without a"
            + " number behind ####",
        "gsm8k ! {\"problem\": \"q\", \"solution\": \"s\"} ! has the fields problem, solution;"
            + " layout gsm8k needs question, answer",
        "math ! {\"problem\": \"q\", \"solution\": \"s\"} ! :1 has a \"solution\" without"
            + " \\boxed{}",
        "math ! {\"question\": \"q\", \"answer\": \"s\"} ! has the fields question, answer; layout"
            + " math needs problem, solution",
        "dapo-math ! {\"prompt\": \"q\", \"solution\": \"s\"} ! layout dapo-math needs prompt,"
            + " reward_model.ground_truth",
        "dapo-math ! {\"prompt\": [], \"reward_model\": {\"ground_truth\": \"1\"}} ! :1 has a"
            + " \"prompt\" that is neither text",
        "mbpp ! {\"task_id\": 1, \"text\": \"q\"} ! layout mbpp needs text or prompt, test_list,"
            + " code",
        "mbpp ! {\"text\": \"q\", \"code\": \"c\", \"test_list\": 7} ! :1 has a \"test_list\" that"
            + " is no list",
        "mbpp ! {\"text\": \"q\", \"code\": \"c\", \"test_list\": \"[\"} ! :1 has a \"test_list\""
            + " that is no list",
        "mbpp ! {\"text\": \"q\", \"code\": \"c\", \"test_list\": [], \"test_imports\": [null]} !"
            + " :1 has a \"test_imports\" with null, which is no text",
        "humaneval ! {\"prompt\": \"p\"} ! layout humaneval needs prompt, entry_point, test",
        "apps ! {\"question\": \"q\"} ! layout apps needs question, input_output",
        "livecodebench ! {\"question_content\": \"q\"} ! needs question_content, public_test_cases",
        "livecodebench ! {\"question_content\": \"q\", \"public_test_cases\": \"[]\","
            + " \"private_test_cases\": \"eJxrYJmqyAAAAz8BAg==\"} ! :1 has private_test_cases that"
            + " are packed (base64, zlib, pickle)",
      })
  void refusesWhatDoesNotFit(String layout, String line, String message) throws IOException {
    UserException e = refused(Files.writeString(folder.resolve("a.jsonl"), line + "\n"), layout);
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(!e.nextStep().isEmpty());
  }

  @Test
  void aLayoutSaysWhichFieldsAreRead() {
    UserException both = refused(published("mbpp"), "mbpp", "key-fields", "tests | setup");
    assertEquals(
        "task.layout = mbpp and task.key-fields = tests | setup both say which fields are read",
        both.getMessage());
    assertEquals(
        "Remove one of them: --set task.key-fields=, or --set task.layout=none.", both.nextStep());
    assertEquals(
        "double: assert double(2) == 4\nassert double(0) == 0\n",
        open(published("mbpp"), "mbpp", "question", "double: {{#test_list}}{{.}}\n{{/test_list}}")
            .get(0)
            .question()
            .text());
    assertEquals(
        "double: assert double(2) == 4",
        open(published("mbpp"), "mbpp", "question", "double: {{test_list.0}}")
            .get(0)
            .question()
            .text());
    UserException code = refused(published("mbpp"), "mbpp", "question", "{{test_list}} {{code}}");
    assertEquals("task.question refers to {{code}}, which is not shown", code.getMessage());
    UserException shown = refused(published("mbpp"), "mbpp", "shown-fields", "code");
    assertEquals("task.shown-fields names code: the answer is in code", shown.getMessage());
  }
}
