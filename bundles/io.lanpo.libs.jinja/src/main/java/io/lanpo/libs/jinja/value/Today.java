package io.lanpo.libs.jinja.value;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What {@code strftime_now} says: always the start of 26 July 2024.
 *
 * <p>Some templates put the date of the day into the system turn. Then the same configuration would
 * give other prompts, and other numbers, tomorrow; a run must be reproducible. The date is the one
 * that the templates of Llama 3.1 and 3.2 fall back on themselves, so both ways lead to the same
 * prompt.
 */
public final class Today {
  private static final LocalDateTime DATE = LocalDateTime.of(2024, 7, 26, 0, 0);

  private Today() {}

  public static String format(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '%') {
        text.append(pattern.charAt(i));
        continue;
      }
      i++;
      boolean bare = i + 1 < pattern.length() && pattern.charAt(i) == '-';
      i += bare ? 1 : 0;
      String field = i < pattern.length() ? field(pattern.charAt(i)) : "";
      String value = DateTimeFormatter.ofPattern(field, Locale.ENGLISH).format(DATE);
      text.append(bare ? value.replaceFirst("^0(?=\\d)", "") : value);
    }
    return text.toString();
  }

  private static String field(char code) {
    return switch (code) {
      case 'Y' -> "yyyy";
      case 'y' -> "yy";
      case 'm' -> "MM";
      case 'd' -> "dd";
      case 'B' -> "MMMM";
      case 'b', 'h' -> "MMM";
      case 'A' -> "EEEE";
      case 'a' -> "EEE";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'M' -> "mm";
      case 'S' -> "ss";
      case 'p' -> "a";
      case 'j' -> "DDD";
      case 'F' -> "yyyy-MM-dd";
      case 'T' -> "HH:mm:ss";
      case '%' -> "'%'";
      default -> throw Stop.wrong("strftime_now does not support %%%s", code);
    };
  }
}
