package io.lanpo.verifier.math;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the final answer in a response: the first way, in a configured order, that finds one. Every
 * way is one pass over the text, whatever it contains.
 */
final class AnswerFinder {
  /** The content of the last <code>\boxed{…}</code>. */
  static final String BOXED = "boxed";

  /** The last number. */
  static final String LAST_NUMBER = "last-number";

  /** The last line that is not blank. */
  static final String LAST_LINE = "last-line";

  private static final List<String> BOXES = List.of("\\boxed", "\\fbox");
  private static final int LONGEST_TAIL = 20_000;

  private final List<String> ways;

  /**
   * @param ways {@link #BOXED}, {@link #LAST_NUMBER}, {@link #LAST_LINE} or words after which the
   *     answer stands
   */
  AnswerFinder(List<String> ways) {
    this.ways = List.copyOf(ways);
  }

  /**
   * An answer.
   *
   * @param text the answer as written
   * @param how where it was found
   */
  record Found(String text, String how) {}

  /** The final answer; empty when no way finds one. */
  Optional<Found> find(String response) {
    for (String way : ways) {
      Optional<Found> found =
          switch (way) {
            case BOXED -> lastBox(response);
            case LAST_NUMBER -> lastNumber(response);
            case LAST_LINE -> lastLine(response);
            default -> after(way, response);
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The content of the last box whose braces are balanced. */
  static Optional<Found> lastBox(String response) {
    Deque<Integer> open = new ArrayDeque<>();
    int begin = -1;
    int end = -1;
    for (int i = 0; i < response.length(); i++) {
      char c = response.charAt(i);
      if (c == '\\') {
        // an escaped brace is not a brace; an escaped backslash escapes nothing
        boolean escapes = i + 1 < response.length() && "{}\\".indexOf(response.charAt(i + 1)) >= 0;
        i += escapes ? 1 : 0;
      } else if (c == '{') {
        open.push(i);
      } else if (c == '}' && !open.isEmpty()) {
        int brace = open.pop();
        if (brace > begin && isBox(response, brace)) {
          begin = brace;
          end = i;
        }
      }
    }
    if (begin >= 0) {
      return found(response.substring(begin + 1, end), "in the last \\boxed{}");
    }
    return boxOfOne(response);
  }

  private static boolean isBox(String response, int brace) {
    int end = brace;
    while (end > 0 && end > brace - 3 && response.charAt(end - 1) == ' ') {
      end--;
    }
    for (String box : BOXES) {
      if (response.startsWith(box, end - box.length())) {
        return true;
      }
    }
    return false;
  }

  /** TeX boxes a single sign without braces, too: <code>\boxed 5</code>. */
  private static Optional<Found> boxOfOne(String response) {
    int at = response.lastIndexOf("\\boxed ");
    if (at < 0) {
      return Optional.empty();
    }
    int start = at + "\\boxed ".length();
    int end = start;
    while (end < response.length()
        && end - start < LONGEST_TAIL
        && "$ \n,;".indexOf(response.charAt(end)) < 0) {
      end++;
    }
    String text = response.substring(start, end);
    return text.contains("{") ? Optional.empty() : found(text, "behind the last \\boxed");
  }

  /** What follows the last occurrence of some words, to the end of its sentence or line. */
  static Optional<Found> after(String marker, String response) {
    for (int i = response.length() - marker.length(); i >= 0; i--) {
      if (response.regionMatches(true, i, marker, 0, marker.length())
          && isWhole(response, i, i + marker.length())) {
        Optional<Found> found =
            found(tail(response, i + marker.length()), "after the last '" + marker + "'");
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

  private static String tail(String response, int from) {
    int start = from;
    while (start < response.length()
        && (Character.isWhitespace(response.charAt(start))
            || response.charAt(start) == ':'
            || response.charAt(start) == '*'
            || response.charAt(start) == '=')) {
      start++;
    }
    int end = start;
    int longest = Math.min(response.length(), start + LONGEST_TAIL);
    while (end < longest && response.charAt(end) != '\n' && !endsSentence(response, end)) {
      end++;
    }
    return response.substring(start, end);
  }

  private static boolean endsSentence(String text, int at) {
    char c = text.charAt(at);
    boolean stop = c == '.' || c == '!' && at > 0 && text.charAt(at - 1) != '\\' || c == '?';
    boolean space = at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1));
    boolean initial =
        c == '.'
            && at >= 2
            && Character.isLetter(text.charAt(at - 1))
            && (text.charAt(at - 2) == '.' || text.startsWith("sq", at - 2));
    return stop && space && !initial;
  }

  private static Optional<Found> lastLine(String response) {
    int end = response.length();
    while (end > 0 && Character.isWhitespace(response.charAt(end - 1))) {
      end--;
    }
    return found(response.substring(response.lastIndexOf('\n', end - 1) + 1, end), "the last line");
  }

  private static Optional<Found> lastNumber(String response) {
    int end = response.length();
    while (end > 0 && !isDigit(response, end - 1)) {
      end--;
    }
    int start = end;
    while (start > 0 && isNumberPart(response, start - 1)) {
      start--;
    }
    while (start < end && (response.charAt(start) == ',' || response.charAt(start) == '/')) {
      start++;
    }
    // a minus between two numbers is no sign
    if (isMinus(response, start - 1)
        && (start < 2 || !Character.isLetterOrDigit(response.charAt(start - 2)))) {
      start--;
    }
    String percent = response.startsWith("%", end) || response.startsWith("\\%", end) ? "%" : "";
    return start == end
        ? Optional.empty()
        : found(response.substring(start, end) + percent, "the last number");
  }

  private static boolean isMinus(String text, int at) {
    return at >= 0 && (text.charAt(at) == '-' || text.charAt(at) == '\u2212');
  }

  private static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** A digit, or a point, comma or slash between digits. */
  private static boolean isNumberPart(String text, int at) {
    return isDigit(text, at)
        || ".,/".indexOf(text.charAt(at)) >= 0
            && isDigit(text, at + 1)
            && (isDigit(text, at - 1) || text.charAt(at) == '.');
  }

  private static Optional<Found> found(String text, String how) {
    String answer = text.strip();
    return answer.isEmpty() ? Optional.empty() : Optional.of(new Found(answer, how));
  }
}
