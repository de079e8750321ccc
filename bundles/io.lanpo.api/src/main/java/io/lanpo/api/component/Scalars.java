package io.lanpo.api.component;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a value as JSON does: a truth value, a number or a text, which needs no quotes here. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9]\\d{0,300})(?:\\.\\d{1,300})?(?:[eE][-+]?\\d{1,3})?");
  private static final Pattern QUOTED =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  private Scalars() {}

  /**
   * A Boolean, a Long, a Double or a String.
   *
   * @return empty for what JSON would read as something else, or not at all
   */
  static Optional<Object> read(String written) {
    if (written.equals("true") || written.equals("false")) {
      return Optional.of(Boolean.valueOf(written));
    }
    if (WHOLE.matcher(written).matches()) {
      return Optional.of(Long.valueOf(written));
    }
    if (DECIMAL.matcher(written).matches()) {
      return Optional.<Object>of(Double.valueOf(written)).filter(n -> Double.isFinite((Double) n));
    }
    if (written.startsWith("\"")) {
      return QUOTED.matcher(written).matches()
          ? Optional.of(unquoted(written.substring(1, written.length() - 1)))
          : Optional.empty();
    }
    boolean other = written.equals("null") || written.startsWith("[") || written.startsWith("{");
    return other ? Optional.empty() : Optional.of(written);
  }

  private static String unquoted(String text) {
    return ESCAPE.matcher(text).replaceAll(Scalars::character);
  }

  private static String character(MatchResult escape) {
    String code = escape.group(1);
    String character =
        code != null
            ? Character.toString(Integer.parseInt(code, 16))
            : switch (escape.group(2)) {
              case "b" -> "\b";
              case "f" -> "\f";
              case "n" -> "\n";
              case "r" -> "\r";
              case "t" -> "\t";
              default -> escape.group(2);
            };
    return Matcher.quoteReplacement(character);
  }
}
