package io.lanpo.shell.terminal;

/**
 * What a column of a table is and how important it is.
 *
 * @param heading its heading
 * @param right whether cells are flush right
 * @param order 0: it is always shown; else it may be left out, together with those of the same
 *     order, the highest first
 * @param least columns of the terminal that a cell which is folded takes at least, if it has as
 *     many; {@link #WHOLE}: cells are not folded
 * @param always whether it is shown, too, where all its cells are empty
 */
record TableColumn(String heading, boolean right, int order, int least, boolean always) {
  /** Cells are not folded. */
  static final int WHOLE = Integer.MAX_VALUE;

  private static final int WORDS = 1;
  private static final int PROSE = 24;

  static TableColumn of(String heading, boolean right) {
    return new TableColumn(heading, right, 0, WHOLE, true);
  }

  TableColumn optional(int at) {
    return new TableColumn(heading, right, at, least, always);
  }

  TableColumn folds() {
    return new TableColumn(heading, right, order, WORDS, always);
  }

  TableColumn prose() {
    return new TableColumn(heading, right, order, PROSE, always);
  }

  TableColumn ifAny() {
    return new TableColumn(heading, right, order, least, false);
  }

  /**
   * The narrowest that a cell can be. In prose a word that is longer than that, as a path, may
   * stand out; the words of other cells may not.
   */
  int narrowest(String cell) {
    int whole = TerminalText.width(cell);
    if (least == WHOLE) {
      return whole;
    }
    return least == PROSE ? Math.min(whole, PROSE) : TerminalText.longestWord(cell);
  }
}
