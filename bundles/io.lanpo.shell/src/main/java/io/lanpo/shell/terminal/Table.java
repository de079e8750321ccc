package io.lanpo.shell.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Aligned columns. Cells come from data and are shown inert. On a terminal a table fits its width:
 * what each column declares says whether it is folded or left out, see {@link TableLayout}; a
 * number or a name is never cut.
 */
public final class Table {
  private static final String GAP = " ".repeat(TableLayout.GAP);

  /** Holds words of a cell together, and is printed as a blank. */
  private static final char NO_BREAK = '\u00a0';

  private final List<TableColumn> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<UnaryOperator<String>> paints = new ArrayList<>();
  private UnaryOperator<String> mark = UnaryOperator.identity();

  /** Adds a column for words; an empty heading in every column leaves the heading line out. */
  public Table column(String heading) {
    columns.add(TableColumn.of(heading, false));
    return this;
  }

  /** Adds a column for numbers, flush right. */
  public Table number(String heading) {
    columns.add(TableColumn.of(heading, true));
    return this;
  }

  /** A table of two columns without headings: names and values. */
  public static Table facts() {
    return new Table().column("").column("").prose();
  }

  /**
   * The column that was added last may be left out where there is no room for it.
   *
   * @param order from 1; the columns with the highest order are left out first, all of them
   */
  public Table optional(int order) {
    return change(columns.get(columns.size() - 1).optional(order));
  }

  /** Cells of the column that was added last may be folded at blanks, down to their words. */
  public Table folds() {
    return change(columns.get(columns.size() - 1).folds());
  }

  /** The column that was added last has sentences, which are folded, but not to a narrow strip. */
  public Table prose() {
    return change(columns.get(columns.size() - 1).prose());
  }

  /** The column that was added last is shown only where one of its cells is not empty. */
  public Table ifAny() {
    return change(columns.get(columns.size() - 1).ifAny());
  }

  /** Adds a row. */
  public Table row(Object... cells) {
    return row(UnaryOperator.identity(), cells);
  }

  /** Adds a row whose first cell is painted; the paint must not change what is readable. */
  public Table row(UnaryOperator<String> paint, Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(c -> TerminalText.line(String.valueOf(c))).toList());
    paints.add(paint);
    return this;
  }

  /** Marks words in the last column; the mark must not change what is readable. */
  public Table mark(UnaryOperator<String> words) {
    mark = words;
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The finished lines.
   *
   * @param paint for the headings
   * @param width columns of the terminal; 0 for lines of any length
   */
  public List<String> lines(AnsiStyle paint, int width) {
    List<String> lines = new ArrayList<>();
    for (TableLayout part : TableLayout.of(columns, rows, width)) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      if (columns.stream().anyMatch(c -> !c.heading().isEmpty())) {
        List<String> headings = columns.stream().map(TableColumn::heading).toList();
        lines(part, headings, UnaryOperator.identity(), UnaryOperator.identity()).stream()
            .map(paint::heading)
            .forEach(lines::add);
      }
      for (int i = 0; i < rows.size(); i++) {
        lines.addAll(lines(part, rows.get(i), paints.get(i), mark));
      }
    }
    return lines;
  }

  /** Prints the lines as results. */
  public void print(Console console) {
    lines(console.paint(), console.width()).forEach(console.out()::println);
  }

  private Table change(TableColumn last) {
    columns.set(columns.size() - 1, last);
    return this;
  }

  /** The lines of a row, as many as its cell with the most. */
  private List<String> lines(
      TableLayout part, List<String> row, UnaryOperator<String> first, UnaryOperator<String> last) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < part.shown().size(); i++) {
      String cell = row.get(part.shown().get(i));
      cells.add(TerminalText.fold(cell, part.widths().get(i)));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        int column = part.shown().get(i);
        String text = y < cells.get(i).size() ? cells.get(i).get(y) : "";
        String pad = " ".repeat(Math.max(0, part.widths().get(i) - TerminalText.width(text)));
        String painted = column == columns.size() - 1 ? last.apply(text) : text;
        if (column == 0 && y == 0) {
          painted = first.apply(text);
        }
        boolean right = columns.get(column).right();
        line.append(i == 0 ? "" : GAP).append(right ? pad : "").append(painted);
        line.append(right || i == cells.size() - 1 ? "" : pad);
      }
      lines.add(line.toString().replace(NO_BREAK, ' ').stripTrailing());
    }
    return lines;
  }
}
