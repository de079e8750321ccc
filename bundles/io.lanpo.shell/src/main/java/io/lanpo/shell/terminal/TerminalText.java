package io.lanpo.shell.terminal;

/**
 * Makes text from data harmless to a terminal: what a policy, a data file or a configuration wrote
 * may hold escape sequences, which would move the cursor, retitle the window or hide what follows.
 */
public final class TerminalText {
  private TerminalText() {}

  /** Text for a single line; line breaks and tabs are shown as {@code \n} and {@code \t}. */
  public static String line(String text) {
    return shown(text, false);
  }

  /** Text that may have several lines; line breaks and tabs stay. */
  public static String block(String text) {
    return shown(text, true);
  }

  /**
   * Columns that a text takes on a terminal: none for combining marks, two for East Asian wide
   * characters.
   */
  public static int width(String text) {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  private static String shown(String text, boolean breaks) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (breaks && (c == '\n' || c == '\t')) {
                shown.appendCodePoint(c);
              } else if (c == '\n') {
                shown.append("\\n");
              } else if (c == '\t') {
                shown.append("\\t");
              } else if (active(c)) {
                shown.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /**
   * Control characters, half a surrogate pair, line separators, and the marks that reorder text
   * (CVE-2021-42574).
   */
  private static boolean active(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || c == 0x2028
        || c == 0x2029
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
      default -> (c >= 0xff01 && c <= 0xff60) || (c >= 0x1f300 && c <= 0x1faff) ? 2 : 1;
    };
  }
}
