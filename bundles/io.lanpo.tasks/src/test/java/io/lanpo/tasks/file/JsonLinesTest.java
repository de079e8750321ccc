package io.lanpo.tasks.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
  private final JsonLines source = new JsonLines();

  @TempDir Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  /** A file of many different problems. */
  private Path many(String name, int size) throws IOException {
    return file(
        name,
        IntStream.range(0, size)
            .mapToObj(
                i -> "{\"problem\": \"%s %d + 1 = ?\", \"answer\": %d}".formatted(name, i, i + 1))
            .toArray(String[]::new));
  }

  private Task open(Path data, String... more) {
    return open(7, data, more);
  }

  private Task open(long seed, Path data, String... more) {
    Map<String, String> given =
        new HashMap<>(Map.of("data", data.toString(), "held-out-share", "0"));
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    List<Setting<?>> declared = new ArrayList<>();
    source.settings().forEach(setting -> declared.add(setting.prefixed("task.")));
    Map<String, String> written = new HashMap<>();
    given.forEach((key, value) -> written.put("task." + key, value));
    return source.open(Settings.of("test", declared, written).under("task."), seed);
  }

  private UserException refused(Path data, String... more) {
    return assertThrows(UserException.class, () -> open(data, more));
  }

  @Test
  void readsProblems() throws IOException {
    Path data =
        file(
            "a.jsonl",
            "\uFEFF{\"problem\": \"1 + 1 = ?\", \"answer\": \"2\", \"id\": 17, \"level\": 3,"
                + " \"subject\": \"sums\", \"source\": {\"book\": 1}}",
            "",
            "{\"problem\": \"x ≥ ½?\", \"answer\": 0.50, \"id\": null}\r");
    assertEquals(
        List.of(
            new Problem(
                new Question("17", "1 + 1 = ?"),
                new AnswerKey("2"),
                Map.of("level", "3", "subject", "sums")),
            new Problem(new Question("a.jsonl:3", "x ≥ ½?"), new AnswerKey("0.50"), Map.of())),
        open(data, "held-out-share", "0").training());
  }

  @Test
  void readsOtherFieldsWhenAskedTo() throws IOException {
    Path data = file("a.jsonl", "{\"question\": \"1 + 1 = ?\", \"target\": \"2\"}");
    Task task =
        open(data, "problem-field", "question", "answer-field", "target", "held-out-share", "0");
    assertEquals("2", task.training().get(0).key().text());
  }

  @Test
  void aKeyMayHaveParts() throws IOException {
    Path data =
        file(
            "a.jsonl",
            "{\"problem\": \"p\", \"test_list\": [\"assert f(1) == \\\"ä\\\"\"], \"setup\": null, \"code\":"
                + " \"def f(x):\\n  pass\"}",
            "{\"problem\": \"q\", \"code\": \"\"}");
    String fields = "tests=test_list | setup | solution=code";
    UserException lacks = refused(data, "key-fields", fields);
    assertTrue(lacks.getMessage().contains("a.jsonl:2 lacks \"test_list\""), lacks.getMessage());
    assertTrue(lacks.nextStep().contains("\"test_list\": …}"), lacks.nextStep());
    Files.writeString(data, Files.readAllLines(data).get(0));
    assertEquals(
        "{\"tests\":[\"assert f(1) == \\\"ä\\\"\"],\"solution\":\"def f(x):\\n  pass\"}",
        open(data, "key-fields", fields, "held-out-share", "0").training().get(0).key().text());
    UserException unread = refused(data, "key-fields", "tests | = code");
    assertEquals("task.key-fields = tests | = code cannot be read", unread.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | a.jsonl:2 is not JSON: not json",
        "{\"problem\": \"p\", \"answer\": \"1\" | a.jsonl:2 is not JSON",
        "{problem: \"p\", answer: 1} | a.jsonl:2 is not JSON",
        "{\"problem\": \"p\"} | a.jsonl:2 lacks \"answer\"; it has [problem]",
        "{\"answer\": \"p\"} | a.jsonl:2 lacks \"problem\"; it has [answer]",
        "{\"problem\": \"p\", \"answer\": null} | a.jsonl:2 lacks \"answer\"",
        "{\"problem\": \"p\", \"answer\": \" \"} | a.jsonl:2 has an empty \"answer\"",
        "{\"problem\": \"p\", \"answer\": [1]} | a.jsonl:2 has a \"answer\" that is neither",
        "[1] | a.jsonl:2 is not a JSON object",
        "{\"problem\": \"p\", \"answer\": 1} {} | a.jsonl:2 is not JSON",
        "{\"problem\": \"p\", \"answer\": 1, \"answer\": 2} | a.jsonl:2 has the key \"answer\" twice",
        "{\"problem\": \"p\", \"answer\": 1, \"x\": [{\"a\": 1, \"a\": 1}]} | a.jsonl:2 has the key \"a\" twice",
        "{\"problem\": \"p\", \"answer\": 1, \"id\": \"one\"} | a.jsonl:2 has the id \"one\", which",
      })
  void refusesAFaultyFileAsAWhole(String line, String message) throws IOException {
    Path data = file("a.jsonl", "{\"problem\": \"good\", \"answer\": 1, \"id\": \"one\"}", line);
    UserException e = refused(data, "held-out-share", "0");
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(!e.nextStep().isEmpty());
  }

  @Test
  void saysWhatALineMustLookLike() throws IOException {
    assertEquals(
        "Each line must be an object such as {\"problem\": \"2 + 3 = ?\", \"answer\": \"5\"};"
            + " nothing was read.",
        refused(file("a.jsonl", "x")).nextStep());
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Path data = folder.resolve("latin.jsonl");
    Files.write(
        data,
        "{\"problem\": \"a\", \"answer\": 1}\n{\"problem\": \"½\", \"answer\": 1}\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refused(data).getMessage().contains("latin.jsonl:2 is not UTF-8"));
  }

  @Test
  void showsExamplesAsEarlierTurns() throws IOException {
    Task task =
        open(
            many("a", 4),
            "prompt",
            "Problem: {{question}}",
            "system",
            "Be brief.",
            "examples",
            "Problem: 1 + 1? => 2");
    assertEquals(
        new Prompt.Chat(
            List.of(
                new Message(Message.Role.SYSTEM, "Be brief."),
                new Message(Message.Role.USER, "Problem: 1 + 1?"),
                new Message(Message.Role.ASSISTANT, "2"),
                new Message(Message.Role.USER, "Problem: p?"))),
        task.pose(new Question("q", "p?")));
  }

  @Test
  void refusesAnExampleThatIsNoPair() throws IOException {
    UserException refused = refused(many("a", 4), "examples", "1 + 1?");
    assertEquals(
        "task.examples has '1 + 1?', which is not a prompt and a completion", refused.getMessage());
  }

  @Test
  void setsTheLastProblemsAside() throws IOException {
    Path data =
        file(
            "a.jsonl",
            "{\"problem\": \"1 + 1 = ?\", \"answer\": 2}",
            "{\"problem\": \"2  + 2 = ?\", \"answer\": 4}",
            "{\"problem\": \"3 + 3 = ?\", \"answer\": 6}",
            "{\"problem\": \"2 + 2 = ?\", \"answer\": 4}",
            "{\"problem\": \"4 + 4 = ?\", \"answer\": 8}");
    Task task = open(data, "held-out-last", "2");
    assertEquals(List.of("a.jsonl:4", "a.jsonl:5"), ids(task.heldOut()));
    assertEquals(
        List.of("a.jsonl:1", "a.jsonl:3"), ids(task.training()), "the second is the fourth");
    assertEquals(task.heldOut(), open(8, data, "held-out-last", "2").heldOut());
  }

  @Test
  void refusesToSetMoreAsideThanThereIs() throws IOException {
    Path data = many("a", 4);
    assertTrue(
        refused(data, "held-out-last", "4")
            .getMessage()
            .contains("has 4 problems: too few to set the last 4 aside"));
    UserException both = refused(data, "held-out-last", "1", "held-out", data.toString());
    assertTrue(both.getMessage().contains("task.held-out-last = 1 both say"), both.getMessage());
    Path same =
        file(
            "same.jsonl",
            "{\"problem\": \"a\", \"answer\": 1}",
            "{\"problem\": \"a\", \"answer\": 1}");
    assertTrue(
        refused(same, "held-out-last", "1").getMessage().contains("no problem that is not among"));
  }

  private static List<String> ids(List<Problem> problems) {
    return problems.stream().map(p -> p.question().id()).toList();
  }

  @Test
  void refusesAFileThatIsMissingOrEmptyOrNotNamed() throws IOException {
    UserException missing = refused(folder.resolve("none.jsonl"));
    assertTrue(missing.getMessage().contains("none.jsonl is not a file"), missing.getMessage());
    assertTrue(refused(folder).getMessage().contains("is not a file"));
    assertTrue(refused(file("a.jsonl", "", " ")).getMessage().contains("holds no problems"));
    assertTrue(refused(Path.of("")).getMessage().contains("task.data is empty"));
    UserException heldOut =
        refused(many("b.jsonl", 5), "held-out", folder.resolve("none.jsonl").toString());
    assertTrue(heldOut.getMessage().contains("none.jsonl is not a file"));
  }

  @Test
  void aShareIsSetAsideByAHashOfEachText() throws IOException {
    Path data = many("a.jsonl", 2000);
    Task task = open(1, data, "held-out-share", "0.25");
    assertTrue(Math.abs(task.heldOut().size() - 500) < 80, task.heldOut().size() + " of 2000");
    assertEquals(
        2000,
        Stream.concat(task.training().stream(), task.heldOut().stream())
            .map(p -> p.question().id())
            .collect(Collectors.toSet())
            .size());
    assertEquals(task.heldOut(), open(2, data, "held-out-share", "0.25").heldOut(), "every run");
    assertNotEquals(
        task.heldOut(), open(data, "held-out-share", "0.25", "held-out-seed", "1").heldOut());
    Set<String> more = wordings(open(data, "held-out-share", "0.3").heldOut());
    assertTrue(more.containsAll(wordings(task.heldOut())), "a larger share has the smaller one");
  }

  @Test
  void aProblemStaysOnItsSideWhenOthersComeGoAndMove() throws IOException {
    Path data = many("a.jsonl", 400);
    Set<String> before = wordings(open(data, "held-out-share", "0.2").heldOut());
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    Collections.reverse(lines);
    lines.subList(0, 100).clear();
    lines.add(7, "{\"problem\": \"one more\", \"answer\": 1}");
    Files.write(data, lines);
    Task after = open(data, "held-out-share", "0.2");
    assertTrue(after.heldOut().size() > 20);
    Set<String> aside = wordings(after.heldOut());
    aside.remove("one more");
    assertTrue(before.containsAll(aside), "what is set aside was so before");
    Set<String> learned = wordings(after.training());
    assertTrue(before.stream().noneMatch(learned::contains), "and nothing of it is learned from");
  }

  /** Which of the two is set aside does not turn the sentence round. */
  @Test
  void theSecondOfTwoWithOneIdIsNamed() throws IOException {
    String line = "{\"id\": \"one\", \"problem\": \"p%d\", \"answer\": 1}";
    Path data = file("a.jsonl", line.formatted(1), line.formatted(2));
    int divided = 0;
    for (int seed = 0; seed < 20; seed++) {
      UserException e =
          refused(data, "held-out-share", "0.5", "held-out-seed", Integer.toString(seed));
      if (!e.getMessage().contains("of the 2 problems of")) {
        divided++;
        assertTrue(e.getMessage().contains("a.jsonl:2 has the id \"one\""), e.getMessage());
      }
    }
    assertTrue(divided > 3, divided + " of 20 seeds divide them");
  }

  @Test
  void theSameProblemIsNeverOnBothSides() throws IOException {
    Path data =
        file(
            "a.jsonl",
            IntStream.range(0, 400)
                .mapToObj(
                    i ->
                        "{\"problem\": \"p%s%d\", \"answer\": %d}"
                            .formatted(i % 2 == 0 ? " " : "  ", i / 2, i % 2))
                .toArray(String[]::new));
    Task task = open(data, "held-out-share", "0.3");
    assertEquals(400, task.training().size() + task.heldOut().size(), "other answers stay");
    Set<String> held = wordings(task.heldOut());
    assertTrue(held.size() > 30);
    assertTrue(wordings(task.training()).stream().noneMatch(held::contains));
  }

  private static Set<String> wordings(List<Problem> problems) {
    return new HashSet<>(
        problems.stream().map(p -> p.question().text().replaceAll("\\s+", " ")).toList());
  }

  @Test
  void problemsForEvaluationMayHaveFilesOfTheirOwn() throws IOException {
    Path data = many("a.jsonl", 5);
    Path other = many("b.jsonl", 3);
    Task task = open(data, "held-out", other.toString());
    assertEquals(5, task.training().size());
    assertEquals(3, task.heldOut().size());
    Path more = many("c.jsonl", 2);
    assertEquals(5, open(data, "held-out", other + " | " + more).heldOut().size());
  }

  @Test
  void refusesAShareThatSetsNothingOrEverythingAside() throws IOException {
    Path one = file("a.jsonl", "{\"problem\": \"p\", \"answer\": \"1\"}");
    UserException e = refused(one, "held-out-share", "0.000001");
    assertTrue(
        e.getMessage().contains("task.held-out-share = 1.0E-6 sets none of the 1 problems"),
        e.getMessage());
    assertTrue(e.nextStep().contains("task.held-out-seed"), e.nextStep());
  }

  @Test
  void posesAChatByDefault() throws IOException {
    Task task =
        open(many("a.jsonl", 10), "system", "You are exact.", "prompt", "Q: {{question}} A:");
    Question question = new Question("q", "what is $1 \\ {{question}}?");
    assertEquals(
        new Prompt.Chat(
            List.of(
                new Message(Message.Role.SYSTEM, "You are exact."),
                new Message(Message.Role.USER, "Q: what is $1 \\ {{question}}? A:"))),
        task.pose(question));
    Task plain = open(folder.resolve("a.jsonl"), "format", "plain", "prompt", "{{ question }} =");
    assertEquals(new Prompt.Plain("x ="), plain.pose(new Question("q", "x")));
    Prompt.Chat bare = (Prompt.Chat) open(folder.resolve("a.jsonl")).pose(new Question("q", "x"));
    assertEquals(1, bare.messages().size());
    assertTrue(bare.text().contains("\\boxed{}"));
    assertTrue(task.curriculum().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "{{question}} {{answer}}, task.prompt refers to the unknown variable {{answer}}",
    "What is it?, does not refer to {{question}}",
  })
  void refusesAPromptThatCannotBeFilled(String prompt, String message) throws IOException {
    UserException e = refused(many("a.jsonl", 10), "prompt", prompt);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void labelsAreTheMembersThatAreNamed() throws IOException {
    Path data =
        file(
            "a.jsonl",
            "{\"problem\": \"1\", \"answer\": 1, \"level\": \"Level 5\", \"type\": \"Algebra\"}",
            "{\"problem\": \"2\", \"answer\": 1, \"source\": \"AIME\", \"subject\": \"sums\", \"type\": \"x\"}",
            "{\"problem\": \"3\", \"answer\": 1, \"level\": \" \"}");
    assertEquals(
        List.of(
            Map.of("level", "Level 5", "subject", "Algebra"), Map.of("subject", "sums"), Map.of()),
        labels(open(data, "held-out-share", "0")));
    assertEquals(
        List.of(Map.of(), Map.of("contest", "AIME"), Map.of()),
        labels(open(data, "held-out-share", "0", "label-fields", "contest=source")));
    UserException refused =
        assertThrows(UserException.class, () -> open(data, "label-fields", "a=|b"));
    assertTrue(refused.getMessage().contains("task.label-fields = a=|b"), refused.getMessage());
  }

  private static List<Map<String, String>> labels(Task task) {
    return task.training().stream().map(Problem::labels).toList();
  }
}
