package io.lanpo.libs.answer;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what follows the words or the tag that announce an answer. */
final class Markers {
  private static final int LONGEST = 20_000;
  private static final Pattern TAG = Pattern.compile("<\\w+>");

  /** Emphasis that began before the marker: <code>**The answer is 42**</code>. */
  private static final Pattern CLOSED_BEHIND = Pattern.compile("(?<!\\*)\\*\\*++(?=[.,;:!?]?$)");

  private Markers() {}

  /**
   * What follows the last occurrence that something follows, to the end of its sentence or line.
   */
  static Optional<Found> after(String marker, String response) {
    for (int i = response.length() - marker.length(); i >= 0; i--) {
      int end = i + marker.length();
      if (response.regionMatches(true, i, marker, 0, marker.length())
          && isWhole(response, i, end)) {
        Optional<Found> found =
            Found.of(behind(marker, response, end), "after the last '" + marker + "'");
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(String text, int from, int to) {
    boolean before =
        from == 0
            || !Character.isLetterOrDigit(text.charAt(from))
            || !Character.isLetterOrDigit(text.charAt(from - 1));
    boolean after =
        to == text.length()
            || !Character.isLetterOrDigit(text.charAt(to - 1))
            || !Character.isLetterOrDigit(text.charAt(to));
    return before && after;
  }

  private static String behind(String marker, String response, int from) {
    int close =
        TAG.matcher(marker).matches() ? response.indexOf("</" + marker.substring(1), from) : -1;
    return close >= 0 ? response.substring(from, close) : sentence(response, from);
  }

  private static String sentence(String response, int from) {
    int start = skip(response, from);
    if (response.regionMatches(true, start, "is", 0, 2)
        && (start + 2 == response.length()
            || !Character.isLetterOrDigit(response.charAt(start + 2)))) {
      start = skip(response, start + 2);
    }
    int end = start;
    int longest = Math.min(response.length(), start + LONGEST);
    while (end < longest && response.charAt(end) != '\n' && !endsSentence(response, end)) {
      end++;
    }
    int stars = 0;
    while (start - stars > from && response.charAt(start - stars - 1) == '*') {
      stars++;
    }
    return plain(response.substring(start, end), stars);
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || ":=*".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  /**
   * The answer without Markdown's emphasis.
   *
   * @param stars how many asterisks stand right before the answer
   */
  private static String plain(String answer, int stars) {
    if (stars == 0) {
      return CLOSED_BEHIND.matcher(answer).replaceFirst("");
    }
    int close = answer.indexOf("*".repeat(stars));
    return close < 0 ? answer : answer.substring(0, close) + answer.substring(close + stars);
  }

  private static boolean endsSentence(String text, int at) {
    char c = text.charAt(at);
    return switch (c) {
      case '.' -> isBeforeSpace(text, at + 1) && !isAbbreviation(text, at);
      case '!' -> isBeforeSpace(text, at + 1) && !(at > 0 && text.charAt(at - 1) == '\\');
      case '?' -> isBeforeSpace(text, at + 1);
      case ';' -> isBeforeWord(text, at + 1);
      default -> false;
    };
  }

  /** White space, perhaps behind the end of an emphasis. */
  private static boolean isBeforeSpace(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at < text.length() && Character.isWhitespace(text.charAt(at));
  }

  /** {@code p.m.}, {@code sq. ft}. */
  private static boolean isAbbreviation(String text, int stop) {
    return stop >= 2
        && Character.isLetter(text.charAt(stop - 1))
        && (text.charAt(stop - 2) == '.' || text.startsWith("sq", stop - 2));
  }

  /**
   * A semicolon before a word goes on in prose; {@code 1; 2} and {@code x = 1; y = 2} are lists.
   */
  private static boolean isBeforeWord(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at > from
        && at + 1 < text.length()
        && Character.isLetter(text.charAt(at))
        && Character.isLetter(text.charAt(at + 1));
  }
}
