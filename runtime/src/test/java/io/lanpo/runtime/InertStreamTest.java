package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InertStreamTest {
  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "ä € 😀, ä € 😀",
    "a \u001b[31mred, a \\x1b[31mred",
    "a\u0007b\u007fc, a\\x07b\\x7fc",
    "over\rwritten, over\\x0dwritten",
    "\u009b2J, \\x9b2J",
    "Â£, Â£",
    "turned \u202e round, turned \\u202e round",
    "\u2066a\u2069, \\u2066a\\u2069",
    "line\u2028separator, line\\u2028separator",
    "“quoted” – ⁂, “quoted” – ⁂"
  })
  void whatATerminalWouldObeyIsShown(String text, String shown) throws Exception {
    assertEquals(shown, through(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsNoUtf8Stays() throws Exception {
    byte[] latin1 = {'a', (byte) 0xe2, 'b', (byte) 0xc2, '\n', (byte) 0xe2};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InertStream inert = new InertStream(out, "")) {
      inert.write(latin1);
    }
    assertArrayEquals(latin1, out.toByteArray());
  }

  @Test
  void linesAndTabsStay() throws Exception {
    assertEquals("a\n\tb\n", through("a\n\tb\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void onATerminalALineTakesTheProgressLineAwayThatMayBeThere() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream inert =
        new PrintStream(new InertStream(out, "\r\u001b[K"), true, StandardCharsets.UTF_8)) {
      inert.print("a warn");
      inert.print("ing\n");
      inert.print("another\n");
    }
    assertEquals("\r\u001b[Ka warning\n\r\u001b[Kanother\n", out.toString(StandardCharsets.UTF_8));
  }

  private static String through(byte[] bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream inert =
        new PrintStream(new InertStream(out, ""), true, StandardCharsets.UTF_8)) {
      inert.write(bytes);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
