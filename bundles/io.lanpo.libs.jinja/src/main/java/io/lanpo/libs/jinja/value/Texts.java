package io.lanpo.libs.jinja.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code str} and {@code repr}. */
public final class Texts {
  private Texts() {}

  /** What is printed for a value; nothing for one that is undefined. */
  public static String of(@Nullable Object value, Budget budget) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    write(value, text, budget);
    return text.toString();
  }

  /** What stands for a value within a list: texts in quotes. */
  static String repr(@Nullable Object value, Budget budget) {
    StringBuilder text = new StringBuilder();
    write(value, text, budget);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text, Budget budget) {
    budget.step(1);
    if (value == null) {
      text.append("Undefined");
    } else if (value instanceof String word) {
      quote(word, text, budget);
    } else if (value instanceof Boolean truth) {
      text.append(truth ? "True" : "False");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        text.append(separator);
        write(element, text, budget);
        separator = ", ";
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator);
        write(entry.getKey(), text, budget);
        text.append(": ");
        write(entry.getValue(), text, budget);
        separator = ", ";
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Double number) {
      text.append(real(number));
    } else {
      text.append(value);
    }
  }

  private static void quote(String word, StringBuilder text, Budget budget) {
    budget.write(word.length());
    char quote = word.indexOf('\'') >= 0 && word.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c == quote ? "\\" : "").append(c);
      }
    }
    text.append(quote);
  }

  /** A number as Python writes it. */
  static String real(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (number == 0 || exponent >= -4 && exponent < 16) {
      String text = exact.toPlainString();
      return (number == 0 && 1 / number < 0 ? "-" : "") + text + (text.contains(".") ? "" : ".0");
    }
    String digits = exact.movePointLeft(exponent).toPlainString();
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** White space as Python's {@code strip} sees it. */
  public static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  /**
   * A text without white space, or without some characters, at its ends.
   *
   * @param characters what to take away; white space if null
   */
  public static String strip(
      String text, @Nullable String characters, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && isIn(text.codePointAt(from), characters)) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && isIn(text.codePointBefore(to), characters)) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean isIn(int c, @Nullable String characters) {
    return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
  }

  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = Character.charCount(text.codePointAt(0));
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  public static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      title.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return title.toString();
  }

  /** A text with every occurrence, or the first ones, of a part replaced. */
  public static String replace(String text, String part, String by, long count, Budget budget) {
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    long left = count < 0 ? Long.MAX_VALUE : count;
    int at = text.indexOf(part);
    while (at >= 0 && left > 0) {
      budget.step(1);
      budget.write(by.length());
      replaced.append(text, from, at).append(by);
      left--;
      from = at + part.length();
      if (part.isEmpty()) {
        if (at == text.length()) {
          break;
        }
        replaced.append(text.charAt(at));
        from = at + 1;
        at = from;
      } else {
        at = text.indexOf(part, from);
      }
    }
    budget.write(text.length());
    return replaced.append(text, from, text.length()).toString();
  }

  public static String join(List<@Nullable Object> elements, String separator, Budget budget) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < elements.size(); i++) {
      String part = of(elements.get(i), budget);
      budget.write(part.length() + (long) separator.length());
      text.append(i == 0 ? "" : separator).append(part);
    }
    return text.toString();
  }
}
