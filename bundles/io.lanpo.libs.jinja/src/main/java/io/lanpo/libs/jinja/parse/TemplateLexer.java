package io.lanpo.libs.jinja.parse;

import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides a template into texts and tags, with the white space that Jinja leaves with {@code
 * trim_blocks} and {@code lstrip_blocks}. Comments go; what stands in raw blocks is text.
 */
final class TemplateLexer {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r");
  private static final Pattern END_OF_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%\\}");

  /** The tags of transformers; none that reach for files. */
  private static final Set<String> TAGS =
      Set.of(
          "break",
          "call",
          "continue",
          "elif",
          "else",
          "endcall",
          "endfor",
          "endgeneration",
          "endif",
          "endmacro",
          "endset",
          "for",
          "generation",
          "if",
          "macro",
          "set");

  private final String source;
  private final List<Piece> pieces = new ArrayList<>();

  /** Where in the source we are. */
  private int at;

  /** Whether only white space can stand between here and the start of the line. */
  private boolean atLineStart = true;

  /** Line breaks before {@link #counted}. */
  private int lines;

  private int counted;

  private TemplateLexer(String source) {
    this.source = source;
  }

  /**
   * A piece of a template.
   *
   * @param kind { for an expression, % for a tag, a blank for text
   * @param text what is printed, or what stands in the tag
   * @param line where it begins, from 1
   */
  record Piece(char kind, String text, int line) {}

  /** The pieces of a template. */
  static List<Piece> pieces(String template) {
    String source = LINE_END.matcher(template).replaceAll("\n");
    // As Jinja does: one line break at the end of the file is not part of the template.
    return new TemplateLexer(
            source.endsWith("\n") ? source.substring(0, source.length() - 1) : source)
        .read();
  }

  private List<Piece> read() {
    int begin = nextTag();
    while (begin >= 0) {
      countTo(begin);
      char kind = source.charAt(begin + 1);
      text(strippedRight(source.substring(at, begin), kind, begin));
      int end = kind == '#' ? endOfComment(begin) : endOfTag(begin, kind);
      String inside = inside(begin, end);
      boolean raw = kind == '%' && inside.strip().equals("raw");
      if (kind == '%' && !raw) {
        checkName(inside.strip().split("\\W", 2)[0]);
      }
      if (kind != '#' && !raw) {
        pieces.add(new Piece(kind, inside, lines + 1));
      }
      skipBehind(end, kind, !raw);
      if (raw) {
        readRaw();
      }
      begin = nextTag();
    }
    text(source.substring(at));
    return List.copyOf(pieces);
  }

  private void checkName(String tag) {
    if (!TAGS.contains(tag)) {
      throw new Stop(
          Stop.Kind.WRONG, lines + 1, "the tag {%% %s %%} is not supported".formatted(tag));
    }
  }

  private int nextTag() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "%{#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private int endOfComment(int begin) {
    int end = source.indexOf("#}", begin + 2);
    if (end < 0) {
      throw new Stop(Stop.Kind.WRONG, lines + 1, "{# is not closed");
    }
    return end;
  }

  /** Where the tag ends: not within a text, not within brackets. */
  private int endOfTag(int begin, char kind) {
    char closing = kind == '{' ? '}' : kind;
    int depth = 0;
    for (int i = begin + 2; i + 1 < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"' || c == '\'') {
        i = endOfText(i);
      } else if (depth == 0 && c == closing && source.charAt(i + 1) == '}') {
        return i;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
    throw new Stop(Stop.Kind.WRONG, lines + 1, "{%s is not closed".formatted(kind));
  }

  private int endOfText(int begin) {
    int i = begin + 1;
    while (i < source.length() && source.charAt(i) != source.charAt(begin)) {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /** What stands in a tag, without the signs that control white space. */
  private String inside(int begin, int end) {
    int from = begin + 2 + (isSign(begin + 2) ? 1 : 0);
    int to = end - (isSign(end - 1) ? 1 : 0);
    return from < to ? source.substring(from, to) : "";
  }

  private boolean isSign(int i) {
    return source.charAt(i) == '-' || source.charAt(i) == '+';
  }

  /** The text before a tag, without the white space that the tag takes away. */
  private String strippedRight(String text, char kind, int begin) {
    char sign = begin + 2 < source.length() ? source.charAt(begin + 2) : ' ';
    if (sign == '-') {
      return Texts.strip(text, null, false, true);
    }
    int line = text.lastIndexOf('\n') + 1;
    boolean blank = Texts.strip(text.substring(line), null, true, false).isEmpty();
    return sign != '+' && kind != '{' && blank && (line > 0 || atLineStart)
        ? text.substring(0, line)
        : text;
  }

  /** Goes behind a tag and the white space that it takes away. */
  private void skipBehind(int end, char kind, boolean trim) {
    at = end + 2;
    atLineStart = false;
    char sign = source.charAt(end - 1);
    if (sign == '-') {
      while (at < source.length() && Texts.isSpace(source.charAt(at))) {
        atLineStart = source.charAt(at) == '\n';
        at++;
      }
    } else if (trim && sign != '+' && kind != '{' && source.startsWith("\n", at)) {
      atLineStart = true;
      at++;
    }
  }

  private void readRaw() {
    Matcher end = END_OF_RAW.matcher(source);
    if (!end.find(at)) {
      throw new Stop(Stop.Kind.WRONG, lines + 1, "{% raw %} is not closed");
    }
    text(strippedRight(source.substring(at, end.start()), '%', end.start()));
    skipBehind(end.end() - 2, '%', true);
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(' ', text, lines + 1));
    }
  }

  private void countTo(int position) {
    for (; counted < position; counted++) {
      lines += source.charAt(counted) == '\n' ? 1 : 0;
    }
  }
}
