package io.lanpo.libs.jinja.parse;

import io.lanpo.libs.jinja.value.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides an expression into tokens. */
final class ExpressionLexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|(?<real>(?<!\\.)\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][-+]?\\d+)?|[eE][-+]?\\d+))"
              + "|(?<integer>\\d[\\d_]*)"
              + "|(?<text>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<sign>//|==|!=|<=|>=|[-+*/%~<>=.:,|()\\[\\]{}])",
          Pattern.DOTALL);
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:(\\n)|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", Pattern.DOTALL);

  private ExpressionLexer() {}

  /**
   * The tokens, with one at the end that says so.
   *
   * @throws Stop at what is none
   */
  static List<Token> tokens(String expression) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw Stop.wrong("'%s' is unexpected", expression.substring(at, at + 1));
      }
      at = matcher.end();
      for (Token.Kind kind : Token.Kind.values()) {
        String text = kind == Token.Kind.END ? null : matcher.group(group(kind));
        if (text != null) {
          tokens.add(new Token(kind, kind == Token.Kind.TEXT ? unquoted(text) : text));
        }
      }
    }
    tokens.add(new Token(Token.Kind.END, "the end"));
    return tokens;
  }

  private static String group(Token.Kind kind) {
    return switch (kind) {
      case NAME -> "name";
      case TEXT -> "text";
      case INTEGER -> "integer";
      case REAL -> "real";
      case SIGN, END -> "sign";
    };
  }

  private static String unquoted(String literal) {
    Matcher escape = ESCAPE.matcher(literal.substring(1, literal.length() - 1));
    return escape.replaceAll(found -> Matcher.quoteReplacement(character(found)));
  }

  /** What an escape stands for in Python; one that Python does not know stands for itself. */
  private static String character(MatchResult escape) {
    if (escape.group(1) != null) {
      return "";
    }
    for (int hexadecimal = 2; hexadecimal <= 3; hexadecimal++) {
      if (escape.group(hexadecimal) != null) {
        return Character.toString(Integer.parseInt(escape.group(hexadecimal), 16));
      }
    }
    return switch (escape.group(4)) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "r" -> "\r";
      case "b" -> "\b";
      case "f" -> "\f";
      case "\\", "'", "\"" -> escape.group(4);
      default -> escape.group();
    };
  }
}
