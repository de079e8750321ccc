package io.lanpo.shell.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** Columns that the longest word of a text takes: it is not folded to less. */
  static int longestWord(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(TerminalText::width).max().orElse(0);
  }

  /**
   * The lines into which a text is folded: at blanks, or after a character of a script without
   * blanks. Any other word, such as a number, an id or a path, is whole in one line, even where
   * that is longer than it may be.
   *
   * @param width columns that a line may take; 0 for a line of any length
   */
  public static List<String> fold(String text, int width) {
    if (width == 0) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int taken = 0;
    for (String word : text.split(" ", -1)) {
      int wide = width(word);
      if (!line.isEmpty() && taken + 1 + wide > width) {
        lines.add(line.toString());
        line.setLength(0);
        taken = 0;
      } else if (!line.isEmpty()) {
        line.append(' ');
        taken++;
      }
      for (int c : word.codePoints().toArray()) {
        boolean apart =
            !line.isEmpty() && columns(c) > 1 && columns(line.codePointBefore(line.length())) > 1;
        if (apart && taken + columns(c) > width) {
          lines.add(line.toString());
          line.setLength(0);
          taken = 0;
        }
        line.appendCodePoint(c);
        taken += columns(c);
      }
    }
    if (!line.isEmpty() || lines.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
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
