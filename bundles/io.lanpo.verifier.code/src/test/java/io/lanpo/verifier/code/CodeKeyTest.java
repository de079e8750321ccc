package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.verifier.code.CodeKey.Call;
import io.lanpo.verifier.code.CodeKey.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeKeyTest {
  @Test
  void readsAnObject() throws Exception {
    CodeKey key =
        CodeKeyReader.read(
            "{\"tests\": [\"a\", \"b\"], \"entry_point\": \"f\", \"setup\": \"s\", \"preamble\":"
                + " \"p\", \"solution\": \"x\", \"id\": 7, \"challenge_tests\": []}");
    assertEquals(new CodeKey(List.of(new Call("a"), new Call("b")), "f", "s", "p", "", "x"), key);
  }

  @Test
  void readsExchanges() throws Exception {
    CodeKey key =
        CodeKeyReader.read(
            "{\"tests\": [{\"input\": \"1\", \"output\": \"2\"}, {\"output\": \"\"}]}");
    assertEquals(List.of(new Exchange("1", "2"), new Exchange("", "")), key.tests());
    assertTrue(key.exchanges());
  }

  @Test
  void whatIsNoObjectIsATest() throws Exception {
    assertEquals(
        List.of(new Call("assert f(1) == 2")), CodeKeyReader.read("assert f(1) == 2").tests());
    String set = "{f(1)} == {2} or quit()";
    assertEquals(List.of(new Call(set)), CodeKeyReader.read(set).tests());
  }

  @Test
  void aListIsTestsAndATextIsOne() throws Exception {
    assertEquals(
        List.of(new Call("a"), new Call("b")), CodeKeyReader.read(" [\"a\", \"b\"]\n").tests());
    assertEquals(List.of(new Call("a")), CodeKeyReader.read("{\"tests\": \"a\"}").tests());
    String python = "[f(1)] == [2] or quit()";
    assertEquals(List.of(new Call(python)), CodeKeyReader.read(python).tests());
    String almost = "{'tests': ['a']}";
    assertEquals(List.of(new Call(almost)), CodeKeyReader.read(almost).tests());
  }

  @Test
  void whatStandsBeforeTheEntryPointInAPromptIsThePreamble() throws Exception {
    String key = "{\"tests\": \"t\", \"entry_point\": \"f\", \"prompt\": \"%s\"}";
    assertEquals(
        "import re\n\ndef g():\n  pass\n",
        CodeKeyReader.read(
                key.formatted("import re\\n\\ndef g():\\n  pass\\ndef f(x):\\n  'tells'\\n"))
            .preamble());
    assertEquals("", CodeKeyReader.read(key.formatted("Write a function f.")).preamble());
    assertEquals(
        "", CodeKeyReader.read("{\"tests\": \"t\", \"prompt\": \"\\ndef f(\"}").preamble());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"test\": [\"a\"]} | no \"tests\"",
        "{\"tests\": []} | no \"tests\"",
        "{\"tests\": [1]} | a test is neither",
        "{\"tests\": [\"a\", {\"input\": \"1\", \"output\": \"2\"}]} | mix",
        "{\"tests\": [\"a\"], \"setup\": [1]} | \"setup\" is not text",
        "'' | empty",
      })
  void saysWhatIsWrong(String key, String message) {
    CodeKey.Unreadable e = assertThrows(CodeKey.Unreadable.class, () -> CodeKeyReader.read(key));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return n + 1           | def f(n):/    'x'/    return n + 1/
          '  return n + 1/'      | def f(n):/    'x'/    return n + 1/
          'if n:/  return 1'     | def f(n):/    'x'/    if n:/      return 1/
          'def f(n):/  return 1' | 'def f(n):/  return 1'
          'def g(n):/  return 1' | 'def g(n):/  return 1'
          'f = lambda n: n'      | 'f = lambda n: n'
          """)
  void putsWhatIsOnlyABodyBehindThePrompt(String program, String whole) throws Exception {
    String key =
        "{\"tests\": [\"assert f(1) == 2\"], \"entry_point\": \"f\", \"prompt\": \"def f(n):\\n    'x'\\n\"}";
    assertEquals(
        whole.replace('/', '\n'), CodeKeyReader.read(key).whole(program.replace('/', '\n')));
  }
}
