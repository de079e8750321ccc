package io.lanpo.libs.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes the emphasis of Markdown and HTML off a text: {@code **73**}, {@code __73__}, {@code *73*},
 * fences and backquotes.
 *
 * <p>A mark opens an emphasis only where no formula can be meant: not right behind a letter, digit
 * or closing bracket, so that {@code 2**3}, {@code 2*3*x} and {@code x_1} stay.
 */
final class Markdown {
  private static final String MARKS = "*_`";
  private static final int LONGEST_MARK = 3;
  private static final Pattern HTML =
      Pattern.compile("<(b|strong|em|i|u|mark|code)>([^<>]{0,2000}+)</\\1>");

  /** What is crossed out is not said. */
  private static final Pattern STRUCK = Pattern.compile("~~(?=\\S)[^~\n]{1,500}+~~");

  private static final String THOUGHT = "</think>";

  private final String text;
  private final boolean[] dropped;

  /** Where an emphasis that is not closed yet began, by its mark. */
  private final Map<String, Integer> open = new HashMap<>();

  private Markdown(String text) {
    this.text = text;
    this.dropped = new boolean[text.length()];
  }

  /** The text without emphasis. */
  static String plain(String text) {
    String spoken = spoken(text);
    String said = spoken.contains("~~") ? STRUCK.matcher(spoken).replaceAll("") : spoken;
    String bare = said.contains("</") ? HTML.matcher(said).replaceAll("$2") : said;
    boolean marked = bare.indexOf('*') >= 0 || bare.indexOf('_') >= 0 || bare.indexOf('`') >= 0;
    return marked ? new Markdown(bare).read() : bare;
  }

  /** What stands behind the end of a model's thoughts; all where nothing does. */
  private static String spoken(String text) {
    int end = text.lastIndexOf(THOUGHT);
    String behind = end < 0 ? "" : text.substring(end + THOUGHT.length());
    return behind.isBlank() ? text : behind;
  }

  private String read() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (MARKS.indexOf(c) >= 0) {
        while (end < text.length() && text.charAt(end) == c) {
          end++;
        }
        mark(at, end);
      } else if (c == '\n' && end < text.length() && text.charAt(end) == '\n') {
        open.clear();
      }
      at = end;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!dropped[i]) {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** A run of one mark: it ends an emphasis, begins one or is no mark at all. */
  private void mark(int from, int to) {
    char before = from == 0 ? '\n' : text.charAt(from - 1);
    char after = to == text.length() ? '\n' : text.charAt(to);
    if (before == '\\' || to - from > LONGEST_MARK) {
      return;
    }
    if (text.startsWith("```", from) && before == '\n') {
      int line = to;
      while (line < text.length() && Character.isLetter(text.charAt(line))) {
        line++;
      }
      drop(from, line);
      return;
    }
    String mark = text.substring(from, to);
    Integer begin = open.get(mark);
    if (begin != null && !Character.isWhitespace(before) && isOutside(after, ".,;:!?)]}<\"'|$-—")) {
      drop(begin, begin + mark.length());
      // an exclamation mark behind an emphasis is no factorial
      drop(from, after == '!' ? to + 1 : to);
      open.remove(mark);
    } else if (!Character.isWhitespace(after) && isOutside(before, "([{>:,\"'|#=~$*_-—")) {
      open.put(mark, from);
    }
  }

  private static boolean isOutside(char beside, String signs) {
    return Character.isWhitespace(beside) || signs.indexOf(beside) >= 0;
  }

  private void drop(int from, int to) {
    for (int i = from; i < to; i++) {
      dropped[i] = true;
    }
  }
}
