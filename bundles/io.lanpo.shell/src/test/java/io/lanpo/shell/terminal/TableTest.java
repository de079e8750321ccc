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
  void proseIsFoldedAtTheTerminalsWidthAndKeepsItsIndent() {
    Table table = new Table().column("key").column("meaning").prose();
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
  void aPathIsNeverBrokenSinceItIsCopied() {
    String path = "/" + "a".repeat(50);
    assertEquals(List.of("x  " + path), Table.facts().row("x", path).lines(PLAIN, 30));
  }

  @Test
  void aScriptWithoutBlanksIsFoldedBetweenItsCharacters() {
    assertEquals(
        List.of("x  " + "数".repeat(13), "   " + "数".repeat(7)),
        Table.facts().row("x", "数".repeat(20)).lines(PLAIN, 30));
  }

  @Test
  void headingsAreFoldedBeforeAColumnIsLeftOut() {
    Table table = new Table().column("run").optional(1).number("zero-shot before");
    table.row("micro-1", "0.214");
    assertEquals(
        List.of("run      zero-shot before", "micro-1             0.214"), table.lines(PLAIN, 25));
    assertEquals(
        List.of("run      zero-shot", "            before", "micro-1      0.214"),
        table.lines(PLAIN, 18));
    assertEquals(List.of("zero-shot", "   before", "    0.214"), table.lines(PLAIN, 15));
  }

  @Test
  void theLeastImportantColumnsAreLeftOutFirst() {
    Table table =
        new Table()
            .column("run")
            .column("started")
            .optional(2)
            .column("error")
            .optional(1)
            .number("step");
    table.row("micro-1", "2026-01-02", "0.011", "40/150");
    assertEquals("micro-1  2026-01-02  0.011  40/150", table.lines(PLAIN, 34).get(1));
    assertEquals("micro-1  0.011  40/150", table.lines(PLAIN, 33).get(1));
    assertEquals("micro-1  40/150", table.lines(PLAIN, 21).get(1));
  }

  @Test
  void aColumnThatFoldsIsAsWideAsItsLongestWord() {
    Table table = new Table().column("mode").number("mean@8").folds();
    table.row("zero-shot", "0.214 [0.100,\u00a00.300]");
    assertEquals(
        List.of("mode                     mean@8", "zero-shot  0.214 [0.100, 0.300]"),
        table.lines(PLAIN, 33));
    assertEquals(
        List.of(
            "mode               mean@8", "zero-shot           0.214", "           [0.100, 0.300]"),
        table.lines(PLAIN, 25));
  }

  @Test
  void whatFitsInNoWayIsPrintedInPartsWithTheFirstColumnInEach() {
    Table table = new Table().column("mode").number("A").number("B").number("C");
    table.row("zero-shot", "0.214 ± 0.011", "0.314 ± 0.012", "0.414 ± 0.013");
    assertEquals(
        List.of(
            "mode                   A              B",
            "zero-shot  0.214 ± 0.011  0.314 ± 0.012",
            "",
            "mode                   C",
            "zero-shot  0.414 ± 0.013"),
        table.lines(PLAIN, 45));
  }

  @Test
  void aColumnThatMayBeEmptyIsShownWhereItIsNot() {
    Table table = new Table().column("run").column("note").ifAny();
    assertEquals(List.of("run", "a"), table.row("a", "").lines(PLAIN, 0));
    assertEquals(
        List.of("run  note", "a", "b    nothing learned"),
        table.row("b", "nothing learned").lines(PLAIN, 0));
  }

  @Test
  void withoutATerminalNothingIsFoldedOrLeftOut() {
    Table table = new Table().column("").column("").prose().optional(1);
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
