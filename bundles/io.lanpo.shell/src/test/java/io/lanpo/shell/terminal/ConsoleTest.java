package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static Console console(Map<String, String> settings) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Console.of(nowhere, nowhere, settings::get);
  }

  @Test
  void aTerminalIsColouredAndLive() {
    Console console =
        console(
            Map.of(
                "lanpo.terminal.out", "true",
                "lanpo.terminal.err", "true",
                "lanpo.terminal.columns", "132",
                "TERM", "xterm"));
    assertEquals(true, console.colour());
    assertEquals(true, console.live());
    assertEquals(132, console.width());
  }

  @Test
  void noColorTakesTheColourOnly() {
    Map<String, String> settings =
        Map.of("lanpo.terminal.out", "true", "lanpo.terminal.err", "true", "NO_COLOR", "1");
    assertEquals(false, console(settings).colour());
    assertEquals(true, console(settings).live());
  }

  @Test
  void aDumbTerminalIsNeither() {
    Console console =
        console(Map.of("lanpo.terminal.out", "true", "lanpo.terminal.err", "true", "TERM", "dumb"));
    assertEquals(false, console.colour());
    assertEquals(false, console.live());
  }

  @Test
  void aRedirectedOutputIsPlainWhileProgressStaysLive() {
    Console console = console(Map.of("lanpo.terminal.out", "false", "lanpo.terminal.err", "true"));
    assertEquals(false, console.colour());
    assertEquals(true, console.live());
    assertEquals(80, console.liveWidth());
  }

  @Test
  void linesOfARedirectedTableAreOfAnyLengthUnlessColumnsSaysHowLong() {
    Map<String, String> redirected =
        Map.of("lanpo.terminal.out", "false", "lanpo.terminal.err", "true");
    assertEquals(0, console(redirected).width());
    Map<String, String> asked = new HashMap<>(redirected);
    asked.put("COLUMNS", "100");
    asked.put("lanpo.terminal.columns", "132");
    assertEquals(100, console(asked).width());
    assertEquals(132, console(asked).liveWidth(), "a longer line could not be overwritten");
    asked.put("COLUMNS", "wide");
    assertEquals(0, console(asked).width());
  }

  @Test
  void withoutAnyTerminalLinesAreOfAnyLength() {
    Console console = console(Map.of("lanpo.terminal.out", "false", "lanpo.terminal.err", "false"));
    assertEquals(0, console.width());
    assertEquals(false, console.live());
  }
}
