package io.lanpo.shell.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Aligned columns. Cells come from data and are shown inert; the last column wraps on a terminal.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 24;

  private final List<String> headings = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<UnaryOperator<String>> paints = new ArrayList<>();
  private UnaryOperator<String> mark = UnaryOperator.identity();

  /** Adds a column for words; an empty heading in every column leaves the heading line out. */
  public Table column(String heading) {
    return add(heading, false);
  }

  /** Adds a column for numbers, flush right. */
  public Table number(String heading) {
    return add(heading, true);
  }

  /** A table of two columns without headings: names and values. */
  public static Table facts() {
    return new Table().column("").column("");
  }

  /** Adds a row. */
  public Table row(Object... cells) {
    return row(UnaryOperator.identity(), cells);
  }

  /** Adds a row whose first cell is painted; the paint must not change what is readable. */
  public Table row(UnaryOperator<String> paint, Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in " + headings.size() + " columns");
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
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = TerminalText.width(headings.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    int last = widths.length - 1;
    int before = Arrays.stream(widths, 0, last).map(w -> w + GAP.length()).sum();
    if (width > 0 && !right.get(last)) {
      widths[last] = Math.min(widths[last], Math.max(NARROWEST, width - before));
    }
    List<String> lines = new ArrayList<>();
    if (headings.stream().anyMatch(h -> !h.isEmpty())) {
      lines.add(paint.heading(line(headings, widths)));
    }
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      List<String> wrapped = wrap(row.get(last), widths[last]);
      List<String> first = new ArrayList<>(row);
      first.set(last, wrapped.get(0));
      String line = line(first, widths);
      String cell = right.get(0) || last == 0 ? "" : row.get(0);
      String tail = wrapped.get(0).stripTrailing();
      int end = line.length() - tail.length();
      lines.add(paints.get(i).apply(cell) + line.substring(cell.length(), end) + mark.apply(tail));
      wrapped.stream()
          .skip(1)
          .map(part -> " ".repeat(before) + mark.apply(part))
          .forEach(lines::add);
    }
    return lines;
  }

  /** Prints the lines as results. */
  public void print(Console console) {
    lines(console.paint(), console.width()).forEach(console.out()::println);
  }

  private Table add(String heading, boolean flushRight) {
    headings.add(heading);
    right.add(flushRight);
    return this;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(widths[i] - TerminalText.width(cells.get(i)));
      line.append(right.get(i) ? pad : "").append(cells.get(i));
      if (i < cells.size() - 1) {
        line.append(right.get(i) ? "" : pad).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** Breaks at blanks; a word longer than a line is broken where the line ends. */
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String rest = word;
      if (!line.isEmpty() && TerminalText.width(line + " " + rest) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (TerminalText.width(rest) > width) {
        int end = rest.offsetByCodePoints(0, 1);
        while (TerminalText.width(rest.substring(0, rest.offsetByCodePoints(end, 1))) <= width) {
          end = rest.offsetByCodePoints(end, 1);
        }
        lines.add(rest.substring(0, end));
        rest = rest.substring(end);
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    if (!line.isEmpty() || lines.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
