package io.lanpo.deploy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the filters that the framework makes of an import such as {@code a.b;version="[1.2,2)"}.
 */
final class Filters {
  private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

  private Filters() {}

  /** The value that an attribute must have; the filter itself when it does not say. */
  static String value(String filter, String attribute) {
    Matcher value =
        Pattern.compile("\\(" + Pattern.quote(attribute) + "=([^)]+)\\)").matcher(filter);
    return value.find() ? value.group(1) : filter;
  }

  /** The range of versions, as it is written in an import; empty for any version. */
  static String range(String filter) {
    Matcher below = BELOW.matcher(filter);
    String end = below.find() ? below.group(1) : "";
    Matcher atLeast = AT_LEAST.matcher(BELOW.matcher(filter).replaceAll(""));
    String begin = atLeast.find() ? atLeast.group(1) : "";
    if (begin.isEmpty() && end.isEmpty()) {
      return "";
    }
    return end.isEmpty() ? begin : "[%s,%s)".formatted(begin.isEmpty() ? "0" : begin, end);
  }
}
