package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
  @ParameterizedTest
  @CsvSource({
    "001b, \\x1b",
    "0007, \\x07",
    "000d, \\x0d",
    "007f, \\x7f",
    "009b, \\x9b",
    "202e, \\u202e",
    "2066, \\u2066",
    "2028, \\u2028",
    "d800, \\ud800",
  })
  void whatATerminalWouldObeyIsSpelledOut(String hex, String shown) {
    String active = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertEquals("a" + shown + "b", TerminalText.line(active));
    assertEquals("a" + shown + "b", TerminalText.block(active));
  }

  @Test
  void lineBreaksStayInBlocksOnly() {
    assertEquals("a\n\tb", TerminalText.block("a\n\tb"));
    assertEquals("a\\n\\tb", TerminalText.line("a\n\tb"));
  }

  @Test
  void ordinaryTextOfAnyScriptStays() {
    String text = "x² ± é 数学 \ud83d\ude00";
    assertEquals(text, TerminalText.line(text));
  }

  @Test
  void widthCountsColumns() {
    assertEquals(3, TerminalText.width("abc"));
    assertEquals(4, TerminalText.width("数学"));
    assertEquals(1, TerminalText.width("e\u0301"));
  }
}
