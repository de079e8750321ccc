package io.lanpo.libs.answer;

/** The delimiters that TeX has around formulas. */
final class Delimiters {
  private Delimiters() {}

  /**
   * Where the formula that begins here between delimiters ends, behind its delimiter; -1 when none
   * does.
   */
  static int end(String text, int from, int limit) {
    if (text.startsWith("\\[", from)) {
      return behind(text, "\\]", from + 2, limit);
    } else if (text.startsWith("\\(", from)) {
      return behind(text, "\\)", from + 2, limit);
    } else if (text.startsWith("$$", from)) {
      return behind(text, "$$", from + 2, limit);
    } else if (text.startsWith("\\begin{", from)) {
      int name = text.indexOf('}', from);
      return name < 0 || name - from > 30
          ? -1
          : behind(text, "\\end{" + text.substring(from + 7, name) + "}", name, limit);
    } else if (text.charAt(from) == '$' && !isEscaped(text, from)) {
      return dollars(text, from, limit);
    }
    return -1;
  }

  private static int behind(String text, String close, int from, int limit) {
    // a search for what never comes must not go on to the end of a long response each time
    int at = from > limit ? -1 : text.substring(from, limit).indexOf(close);
    return at < 0 ? -1 : from + at + close.length();
  }

  /**
   * A dollar sign is a delimiter when no amount of money can be meant: what is inside is no prose.
   */
  private static int dollars(String text, int from, int limit) {
    int close = behind(text, "$", from + 1, limit) - 1;
    while (close > 0 && isEscaped(text, close)) {
      close = behind(text, "$", close + 1, limit) - 1;
    }
    if (close < 0 || close == from + 1) {
      return -1;
    }
    boolean money =
        Character.isDigit(text.charAt(from + 1))
            && (close + 1 < limit && Character.isDigit(text.charAt(close + 1))
                || Character.isWhitespace(text.charAt(close - 1)));
    String inside = text.substring(from + 1, close);
    return money || inside.contains("\n\n") || isProse(inside) ? -1 : close + 1;
  }

  private static boolean isEscaped(String text, int at) {
    return at > 0 && text.charAt(at - 1) == '\\';
  }

  private static boolean isProse(String inside) {
    return inside.matches("(?s)[^\\\\{]*(?<![A-Za-z])[a-z]{2,}+ [a-z]{2,}.*");
  }
}
