package io.lanpo.shell.terminal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which columns of a table are shown, and how wide they are. Where all cells in one line do not fit
 * the terminal,
 *
 * <ol>
 *   <li>headings and the cells of columns that allow it are folded,
 *   <li>then optional columns are left out, the least important first,
 *   <li>then the table is printed in parts, one below the other, each with the first column.
 * </ol>
 *
 * @param shown indices of the columns
 * @param widths columns of the terminal that each of them takes
 */
record TableLayout(List<Integer> shown, List<Integer> widths) {
  /** Columns of the terminal between two columns of a table. */
  static final int GAP = 2;

  /**
   * The parts in which a table is printed.
   *
   * @param width columns of the terminal; 0 for lines of any length
   */
  static List<TableLayout> of(List<TableColumn> columns, List<List<String>> rows, int width) {
    int[] most = new int[columns.size()];
    int[] cells = new int[columns.size()];
    int[] least = new int[columns.size()];
    for (int i = 0; i < most.length; i++) {
      TableColumn column = columns.get(i);
      least[i] = TerminalText.longestWord(column.heading());
      cells[i] = least[i];
      for (List<String> row : rows) {
        cells[i] = Math.max(cells[i], TerminalText.width(row.get(i)));
        least[i] = Math.max(least[i], column.narrowest(row.get(i)));
      }
      most[i] = Math.max(cells[i], TerminalText.width(column.heading()));
    }
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < most.length; i++) {
      int column = i;
      if (columns.get(i).always() || rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
        shown.add(i);
      }
    }
    if (width == 0) {
      return List.of(new TableLayout(shown, shown.stream().map(i -> most[i]).toList()));
    }
    for (int order : leastImportantFirst(columns)) {
      if (sum(shown, least) > width) {
        shown.removeIf(i -> columns.get(i).order() == order);
      }
    }
    return parts(shown, least, width).stream()
        .map(part -> new TableLayout(part, widths(part, width, least, cells, most)))
        .toList();
  }

  private static List<Integer> leastImportantFirst(List<TableColumn> columns) {
    return columns.stream()
        .map(TableColumn::order)
        .filter(order -> order > 0)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static int sum(List<Integer> columns, int... widths) {
    return columns.stream().mapToInt(i -> widths[i] + GAP).sum() - GAP;
  }

  /** As many columns in a part as fit, but one beside the first in any case. */
  private static List<List<Integer>> parts(List<Integer> shown, int[] least, int width) {
    List<List<Integer>> parts = new ArrayList<>();
    List<Integer> part = new ArrayList<>();
    for (int column : shown) {
      part.add(column);
      if (part.size() > 2 && sum(part, least) > width) {
        part.remove(part.size() - 1);
        parts.add(part);
        part = new ArrayList<>(List.of(shown.get(0), column));
      }
    }
    parts.add(part);
    return parts;
  }

  /**
   * What room there is goes to cells first, then to headings.
   *
   * @param least what the columns take at least
   * @param cells what they take with their cells in one line
   * @param most what they take with their headings in one line, too
   */
  private static List<Integer> widths(
      List<Integer> part, int width, int[] least, int[] cells, int[] most) {
    int[] widths = least.clone();
    fulfil(part, widths, cells, width);
    share(part, widths, cells, width);
    fulfil(part, widths, most, width);
    return part.stream().map(i -> widths[i]).toList();
  }

  /** Gives columns all of what they wish for, those first that lack the least. */
  private static void fulfil(List<Integer> part, int[] widths, int[] wish, int width) {
    int spare = width - sum(part, widths);
    List<Integer> lacking =
        part.stream().sorted(Comparator.comparingInt(i -> wish[i] - widths[i])).toList();
    for (int i : lacking) {
      int more = wish[i] - widths[i];
      if (more > 0 && more <= spare) {
        spare -= more;
        widths[i] = wish[i];
      }
    }
  }

  /** Shares the rest among the columns that have a use for it, so that the narrowest get more. */
  private static void share(List<Integer> part, int[] widths, int[] wish, int width) {
    List<Integer> open = part.stream().filter(i -> widths[i] < wish[i]).toList();
    for (int spare = width - sum(part, widths); spare > 0 && !open.isEmpty(); spare--) {
      int narrowest = Collections.min(open, Comparator.comparingInt(i -> widths[i]));
      widths[narrowest]++;
    }
  }
}
