package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final AnsiStyle PLAIN = new AnsiStyle(false);

  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersAreFlushRight() {
    Table table = new Table().column("run").number("step").column("state");
    table.row("a", 5, "running").row("longer-name", 12_345, "stopped");
    assertEquals(
        List.of(
            "run           step  state",
            "a                5  running",
            "longer-name  12345  stopped"),
        table.lines(PLAIN, 0));
  }

  @Test
  void emptyHeadingsMakeNoLine() {
    assertEquals(List.of("steps  40"), Table.facts().row("steps", 40).lines(PLAIN, 0));
  }

  @Test
  void theLastColumnWrapsAtTheTerminalsWidthAndKeepsItsIndent() {
    Table table = new Table().column("key").column("meaning");
    table.row("seed", "fixes everything that is random in a run and therefore its result");
    assertEquals(
        List.of(
            "key   meaning",
            "seed  fixes everything that is",
            "      random in a run and",
            "      therefore its result"),
        table.lines(PLAIN, 32));
  }

  @Test
  void aWordLongerThanTheLineIsBroken() {
    Table table = new Table().column("").column("");
    table.row("x", "a".repeat(50));
    List<String> lines = table.lines(PLAIN, 30);
    assertEquals(List.of("x  " + "a".repeat(27), "   " + "a".repeat(23)), lines);
  }

  @Test
  void withoutATerminalNothingWraps() {
    Table table = new Table().column("").column("");
    table.row("x", "word ".repeat(60).strip());
    assertEquals(1, table.lines(PLAIN, 0).size());
  }

  @Test
  void eastAsianCellsTakeTwoColumnsACharacter() {
    Table table = new Table().column("").column("");
    table.row("数学", "x").row("abcd", "y");
    assertEquals(List.of("数学  x", "abcd  y"), table.lines(PLAIN, 0));
  }

  @Test
  void escapesInCellsAreInert() {
    Table table = new Table().column("").column("");
    table.row("\u001b[31mred", "a\nb");
    assertEquals(List.of("\\x1b[31mred  a\\nb"), table.lines(PLAIN, 0));
  }

  @Test
  void colourIsAddedOnlyWhenWantedAndDoesNotDisturbTheColumns() {
    Table table = new Table().column("state").column("run");
    table.row(text -> "<" + text + ">", "failed", "a");
    assertEquals(List.of("state   run", "<failed>  a"), table.lines(PLAIN, 0));
    String heading = table.lines(new AnsiStyle(true), 0).get(0);
    assertTrue(heading.startsWith("\u001b[1m") && heading.endsWith("\u001b[0m"), heading);
  }

  @Test
  void aRowWithTooFewCellsIsAMistake() {
    Table table = new Table().column("a").column("b");
    assertThrows(IllegalArgumentException.class, () -> table.row("x"));
  }
}
