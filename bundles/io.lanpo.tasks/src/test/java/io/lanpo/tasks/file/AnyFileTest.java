package io.lanpo.tasks.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnyFileTest {
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

  /** The same two problems in every format. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a.jsonl ! {\"problem\": \"1 + 1,\\n"
            + "\\\"?\\\"\", \"answer\": 2}\\n"
            + "{\"problem\": \"2\", \"answer\": \"x\"}\\n",
        "a.ndjson ! {\"problem\": \"1 + 1,\\n"
            + "\\\"?\\\"\", \"answer\": 2}\\n"
            + "\\n"
            + "{\"problem\": \"2\", \"answer\": \"x\"}",
        "a.json ! [{\"problem\": \"1 + 1,\\n"
            + "\\\"?\\\"\", \"answer\": 2}, {\"problem\": \"2\", \"answer\": \"x\"}]",
        "A.JSON ! {\"version\": 1, \"of\": {\"a\": [1]}, \"data\": [{\"problem\": \"1 + 1,\\n"
            + "\\\"?\\\"\", \"answer\": 2}, {\"problem\": \"2\", \"answer\": \"x\"}]}",
        "a.csv ! problem,answer\\n\"1 + 1,\\n\"\"?\"\"\",2\\n2,x\\n",
        "a.csv ! problem;answer\\n\"1 + 1,\\n\"\"?\"\"\";2\\n2;x\\n",
        "a.csv ! answer , problem\\r\\n2,\"1 + 1,\\n\"\"?\"\"\"\\r\\n\\r\\nx,2",
        "a.tsv ! problem\\tanswer\\n\"1 + 1,\\n\"\"?\"\"\"\\t2\\n2\\tx\\n",
      })
  void everyFormatHasTheSameProblems(String name, String written) throws IOException {
    boolean json = name.toLowerCase(Locale.ROOT).contains("json");
    String content =
        json
            ? written.replace("}\\n", "}\n").replace("\\n{", "\n{")
            : written.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    for (String mark : List.of("", "\uFEFF")) {
      List<Problem> problems = open(file(name, mark + content)).training();
      assertEquals(List.of("1 + 1,\n\"?\"", "2"), questions(problems));
      assertEquals(List.of(new AnswerKey("2"), new AnswerKey("x")), keys(problems));
    }
  }

  private static List<AnswerKey> keys(List<Problem> problems) {
    return problems.stream().map(Problem::key).toList();
  }

  @Test
  void parquetIsRefusedWithTheLineThatConvertsIt() throws IOException {
    UserException e = refused(file("train.parquet", "PAR1"));
    assertTrue(e.getMessage().endsWith("train.parquet is Parquet, which is not read"));
    assertTrue(e.nextStep().contains("to_json('train.jsonl', orient='records'"), e.nextStep());
  }

  @Test
  void aFormatMayBeSaid() throws IOException {
    Path data = file("table.txt", "problem;answer\n");
    UserException unknown = refused(data);
    assertTrue(
        unknown.getMessage().contains("the ending of " + data + " does not say"),
        unknown.getMessage());
    assertTrue(unknown.nextStep().contains("task.file-format"), unknown.nextStep());
    Path tabs = file("tabs.txt", "problem\tanswer\n1\t2\n");
    assertEquals(1, open(tabs, "file-format", "tsv").training().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a.csv ! '' ! a.csv holds no problems: it is empty",
        "a.csv ! problem,answer\\n ! a.csv holds no problems: it is empty",
        "a.json ! [] ! a.json holds no problems: it is empty",
        "a.json ! '' ! a.json is not JSON: End of input",
        "a.json ! [{\"problem\": \"p\", \"answer\": 1} ! a.json is not JSON: End of input at line"
            + " 1",
        "a.json ! [{\"problem\": p}] ! a.json is not JSON: malformed JSON at line 1",
        "a.json ! 7 ! a.json is neither a list nor an object",
        "a.json ! {\"a\": 1} ! a.json is an object without a list of problems; it has [a]",
        "a.json ! {\"a\": [{\"problem\": \"p\", \"answer\": 1}], \"b\": []} ! a.json has the lists"
            + " \"a\" and \"b\"",
        "a.json ! [{\"problem\": \"p\", \"answer\": 1}, 7] ! a.json, row 2 is not a JSON object",
        "a.json ! [{\"problem\": \"p\", \"answer\": 1, \"answer\": 2}] ! a.json, row 1 has the key"
            + " \"answer\" twice",
        "a.json ! [{\"problem\": \"p\", \"answer\": 1}] [] ! a.json has more than one document",
        "a.json ! {\"problem\": \"p\", \"answer\": 1}\\n"
            + "{\"problem\": \"q\"} ! a.json is an object without a list",
        "a.csv ! problem,answer\\np,1\\nq\\n ! a.csv:3 has 1 values for 2 columns",
        "a.csv ! problem,answer\\np,1,2 ! a.csv:2 has 3 values for 2 columns",
        "a.csv ! problem,answer\\n\"p\\nq\",1\\nr ! a.csv:4 has 1 values for 2 columns",
        "a.csv ! problem,problem\\n ! a.csv:1 has the column \"problem\" twice",
        "a.csv ! problem,,answer\\n ! a.csv:1 has a column without a name",
        "a.csv ! problem,answer\\n\"p,1\\n ! cannot be read as a table",
        "a.csv ! problem,answer\\n\"p\"q,1\\n ! cannot be read as a table",
        "a.csv ! problem,answer\\n,1\\n ! a.csv:2 has an empty \"problem\"",
        "a.csv ! problem,anwser\\np,1\\n ! a.csv:2 lacks \"answer\"; it has [problem, anwser]",
        "a.csv ! id,problem,answer\\nx,p,1\\nx,q,1\\n ! a.csv:3 has the id \"x\", which",
      })
  void refusesAFaultyFileAsAWhole(String name, String written, String message) throws IOException {
    String content = written.replace("''", "").replace("\\n", "\n");
    UserException e = refused(file(name, content));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(!e.nextStep().isEmpty());
  }

  @Test
  void offersTheNearestField() throws IOException {
    Path data = file("a.csv", "problem,anwser\np,1\n");
    assertTrue(refused(data).nextStep().startsWith("Did you mean anwser? "));
    assertTrue(refused(data, "question", "{{probelm}}").nextStep().contains("mean problem?"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, ISO-8859-1, 3",
    "a.tsv, ISO-8859-1, 3",
    "a.json, ISO-8859-1, 3",
    "a.csv, UTF-16, 1",
    "a.json, UTF-16LE, 3",
    "a.jsonl, UTF-16, 1",
  })
  void refusesOtherEncodingsWithTheirLine(String name, Charset charset, int line)
      throws IOException {
    Path data = Files.write(folder.resolve(name), "p,q\nx,1\n½,2\n".getBytes(charset));
    UserException e = refused(data);
    assertEquals("%s:%d is not UTF-8".formatted(data, line), e.getMessage());
    assertTrue(e.nextStep().contains("Save the file as UTF-8"), e.nextStep());
  }

  @Test
  void aWordingMayBeMadeOfSeveralFields() throws IOException {
    Path data =
        file(
            "a.jsonl",
            """
            {"passage": "Ann has 3.", "ask": {"text": "How many?"}, "choices": ["2", "3"], "hint": "", "answer": "3"}
            {"passage": "Bo has 2.", "ask": {"text": "Why?"}, "choices": [], "hint": "Think.", "answer": "2"}
            """);
    assertEquals(
        List.of("Ann has 3. How many? (2) (3)", "Bo has 2. Why? Think."),
        questions(
            open(
                    data,
                    "question",
                    "{{passage}} {{ask.text}}{{#choices}} ({{.}}){{/choices}}{{#hint}}"
                        + " {{hint}}{{/hint}}",
                    "shown-fields",
                    "passage | ask.text | choices | hint")
                .training()));
    UserException lacks =
        refused(data, "question", "{{passage}} {{ask.words}}", "shown-fields", "passage | ask");
    assertTrue(lacks.getMessage().contains("a.jsonl:1 lacks \"ask.words\""), lacks.getMessage());
    assertTrue(refused(data, "question", "What?").getMessage().contains("refers to no field"));
    assertTrue(
        refused(data, "question", "{{passage}}", "problem-field", "passage")
            .getMessage()
            .contains("both say what the wording is"));
  }

  @Test
  void fieldsWithinOthersAreNamedWithDots() throws IOException {
    Path data =
        file(
            "a.jsonl",
            "{\"q\": {\"turns\": [{\"text\": \"1 + 1\"}]}, \"a\": {\"b\": {\"c\": 2}}}\n");
    Task task = open(data, "problem-field", "q.turns.0.text", "answer-field", "a.b.c");
    assertEquals(
        List.of(new Problem(new Question("a.jsonl:1", "1 + 1"), new AnswerKey("2"), Map.of())),
        task.training());
  }

  @Test
  void weightsSayHowOftenAProblemComesUp() throws IOException {
    Path a = table("a.csv", 200);
    Path b = table("b.csv", 200);
    Map<String, Long> times =
        questions(open(a + " | " + b + " * 2").training()).stream()
            .collect(Collectors.groupingBy(q -> q, Collectors.counting()));
    assertEquals(400, times.size());
    times.forEach((q, n) -> assertEquals(q.startsWith("a") ? 1 : 2, n, q));
    List<String> some = questions(open(a + "*0.3").training());
    assertTrue(some.size() > 30 && some.size() < 90, some.size() + " of 200");
    assertTrue(
        questions(open(a + "*1.3").training()).subList(200, 200 + some.size()).equals(some),
        "the same ones come up once more");
  }

  private Path table(String name, int rows) throws IOException {
    return file(
        name,
        IntStream.range(0, rows)
            .mapToObj(i -> "%s %d,%d\n".formatted(name, i, i))
            .collect(Collectors.joining("", "problem,answer\n", "")));
  }

  @Test
  void whatIsSaidTwiceCountsOnce() throws IOException {
    Path a = file("a.csv", "id,problem,answer\n1,How  many?,2\n1,how many?,2\n2,how many?,3\n");
    Path b = file("b.csv", "id,problem,answer\n7,HOW MANY?,2\n8,other,2\n");
    assertEquals(
        List.of("1", "2", "8"),
        open(a + " | " + b).training().stream().map(p -> p.question().id()).toList());
  }

  @Test
  void filesThatAreNamedAlikeAreToldApart() throws IOException {
    Files.createDirectory(folder.resolve("more"));
    Path a = file("a.csv", "problem,answer\np,1\n");
    Path b = file("more/a.csv", "problem,answer\nq,1\n");
    assertEquals(
        List.of(a + ":2", b + ":2"),
        open(a + " | " + b).training().stream().map(p -> p.question().id()).toList());
    assertEquals(b + ":2", open(a, "held-out", b.toString()).heldOut().get(0).question().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "A * 0 ! gives A the weight 0",
        "A * 101 ! gives A the weight 101",
        "A | A ! names A twice",
        "A | ! has an empty place",
        "A | B.csv ! B.csv is not a file",
        "A * two ! A * two is not a file",
      })
  void refusesAListThatIsWrong(String written, String message) throws IOException {
    String path = table("a.csv", 3).toString();
    UserException e = refused(written.replace("A", path));
    assertTrue(e.getMessage().contains(message.replace("A", path)), e.getMessage());
  }

  @Test
  void refusesALineEndInAName() {
    UserException e = refused("a.csv\nb.csv");
    assertTrue(e.getMessage().contains("is not a file"), e.getMessage());
  }

  @Test
  void refusesWeightsAndLastProblemsWhereTheyMeanNothing() throws IOException {
    Path a = table("a.csv", 3);
    Path b = table("b.csv", 3);
    UserException weight = refused(a, "held-out", b + " * 2");
    assertTrue(weight.getMessage().contains("task.held-out gives"), weight.getMessage());
    UserException last = refused(a + " | " + b, "held-out-last", "1");
    assertTrue(last.getMessage().contains("is for one file"), last.getMessage());
  }

  @Test
  void idsComeFromTheFirstFieldThatNamesAProblem() throws IOException {
    Path data =
        file(
            "a.jsonl",
            """
            {"task_id": 11, "problem": "a", "answer": 1}
            {"extra_info": {"index": "x-1"}, "problem": "b", "answer": 1}
            {"id": "", "problem": "c", "answer": 1}
            """);
    assertEquals(List.of("11", "x-1", "a.jsonl:3"), ids(open(data)));
    assertEquals(List.of("a", "b", "c"), ids(open(data, "id-field", "problem")));
    assertEquals(List.of("a.jsonl:1", "a.jsonl:2", "a.jsonl:3"), ids(open(data, "id-field", "")));
  }

  private static List<String> ids(Task task) {
    return task.training().stream().map(p -> p.question().id()).toList();
  }
}
