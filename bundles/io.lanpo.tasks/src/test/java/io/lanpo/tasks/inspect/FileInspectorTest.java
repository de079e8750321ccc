package io.lanpo.tasks.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.DataReport.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileInspectorTest {
  @TempDir private Path folder;
  private final FileInspector inspector = new FileInspector();

  private DataReport inspect(String name, String text) throws IOException {
    return inspector.inspect(Files.writeString(folder.resolve(name), text), "");
  }

  @Test
  void aPublishedLayoutIsFoundByItsFields() throws IOException {
    DataReport report =
        inspect(
            "train.jsonl",
            """
            {"question": "How many?", "answer": "It is 6 * 7 = 42.\\n#### 42"}
            {"question": "How much?", "answer": "Twice one is 2.\\n#### 2"}
            """);
    assertEquals("gsm8k", report.layout());
    assertEquals(Kind.NUMBER, report.answers());
    assertEquals(1, report.uniform());
    assertEquals(2, report.rows());
    assertEquals(
        List.of("It is 6 * 7 = 42.\n#### 42", "Twice one is 2.\n#### 2"), report.solutions());
  }

  @Test
  void anAnswerOfItsOwnIsTakenBeforeTheBoxOfASolution() throws IOException {
    DataReport report =
        inspect(
            "math.jsonl",
            """
            {"problem": "Halve it.", "answer": "\\\\frac{1}{2}", "solution": "It is a half, so the answer that was asked for is, after all of this, \\\\boxed{\\\\frac{1}{2}}."}
            """);
    assertEquals("none", report.layout());
    assertEquals(List.of("answer", "solution"), report.answer().names());
    assertTrue(report.answer().clear());
    assertEquals(Kind.LATEX, report.answers());
    assertEquals(1, report.solutions().size());
  }

  @Test
  void aTableOfOnesOwnIsReadByTheNamesOfItsColumns() throws IOException {
    DataReport report = inspect("own.csv", "question,answer\nWhere?,Paris\nWho?,Ada\n");
    assertEquals("csv", report.format());
    assertEquals(List.of("question"), report.question().names());
    assertTrue(report.question().clear());
    assertEquals(Kind.SHORT_TEXT, report.answers());
  }

  @Test
  void emptyAnswersSayNothingOfTheKind() throws IOException {
    DataReport report = inspect("own.csv", "problem,answer\nOne?,1\nTwo?,\nThree?, \nFour?,4\n");
    assertEquals(Kind.NUMBER, report.answers());
    assertEquals(1, report.uniform());
  }

  @Test
  void fieldsWhoseNamesSayNothingAreLeftOpen() throws IOException {
    DataReport report =
        inspect("own.csv", "a,b\nWhat is the capital of France?,Paris\nAnd that of Italy?,Rome\n");
    assertEquals("a", report.question().names().get(0));
    assertFalse(report.question().clear());
    assertEquals(List.of("b", "a"), report.answer().names());
    assertFalse(report.answer().clear());
  }

  @Test
  void testsMakeAKeyWithParts() throws IOException {
    DataReport report =
        inspect(
            "code.jsonl",
            """
            {"problem": "Add them.", "tests": ["assert add(1, 2) == 3"], "entry_point": "add", "solution": "def add(a, b):\\n  return a + b\\n"}
            {"problem": "Write sub, which subtracts.", "tests": ["assert sub(1, 2) == -1"], "entry_point": "sub", "solution": "def sub(a, b):\\n  return a - b\\n"}
            """);
    assertEquals(Kind.TESTS, report.answers());
    assertEquals("tests | entry_point | solution | prompt=problem", report.keyFields());
    assertEquals(1, report.unnamed());
    assertEquals(2, report.looked());
  }

  @Test
  void aLayoutThatDoesNotFitIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"x\": \"1\"}\n");
    UserException wrong = assertThrows(UserException.class, () -> inspector.inspect(file, "gsm8k"));
    assertTrue(wrong.getMessage().contains("question"), wrong.getMessage());
    UserException unknown = assertThrows(UserException.class, () -> inspector.inspect(file, "gsm"));
    assertTrue(unknown.nextStep().contains("gsm8k"), unknown.nextStep());
  }

  @Test
  void whatIsNoFileOrEmptyIsRefused() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    UserException gone = assertThrows(UserException.class, () -> inspector.inspect(missing, ""));
    assertTrue(gone.getMessage().contains("does not exist"), gone.getMessage());
    UserException directory =
        assertThrows(UserException.class, () -> inspector.inspect(folder, ""));
    assertTrue(directory.getMessage().contains("is not a file"), directory.getMessage());
    assertThrows(UserException.class, () -> inspect("empty.csv", "question,answer\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is 1 + 1?,2\nWhat is 1 + 2?,3\n",
        "The sum of 1 and 1,2\nAnd of 2 and 2,4\n"
      })
  void aTableWithoutNamesIsRefusedSinceItsFirstRowWouldBeLost(String table) {
    UserException refused = assertThrows(UserException.class, () -> inspect("own.csv", table));
    assertTrue(refused.getMessage().contains("names no columns"), refused.getMessage());
  }
}
