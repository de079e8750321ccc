package io.lanpo.verifier.exact;

import io.lanpo.verifier.exact.ExactVerifier.Fallback;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer in a response: after the last of the first marker that occurs, else by a
 * fallback.
 */
final class AnswerExtractor {
  /** The marker that stands for the content of the last <code>\boxed{…}</code>. */
  static final String BOXED = "boxed";

  private static final String BOX = "\\boxed{";

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])" + NumberReader.NUMBER + "(?!\\w)");

  /** The end of a sentence within a line; a period inside a number has no space behind it. */
  private static final Pattern SENTENCE_END = Pattern.compile("[.;!?](?=\\s)");

  private final List<String> markers;
  private final Fallback fallback;

  AnswerExtractor(List<String> markers, Fallback fallback) {
    this.markers = List.copyOf(markers);
    this.fallback = fallback;
  }

  /**
   * An answer.
   *
   * @param text the answer as written
   * @param how where it was found, e.g. {@code after the last 'answer'}
   */
  record Extracted(String text, String how) {}

  /** The final answer; empty when there is none. */
  Optional<Extracted> extract(String response) {
    for (String marker : markers) {
      Optional<Extracted> found = after(marker, response);
      if (found.isPresent()) {
        return found;
      }
    }
    return switch (fallback) {
      case LAST_NUMBER -> lastNumber(response);
      case LAST_LINE ->
          response
              .strip()
              .lines()
              .reduce((first, second) -> second)
              .map(line -> new Extracted(line.strip(), "the last line"));
      case NONE -> Optional.empty();
    };
  }

  /**
   * What follows the last occurrence of one marker; empty when it does not occur or nothing
   * follows.
   */
  static Optional<Extracted> after(String marker, String response) {
    if (marker.equals(BOXED)) {
      return lastBox(response);
    }
    int end = -1;
    Matcher matcher = word(marker).matcher(response);
    while (matcher.find()) {
      end = matcher.end();
    }
    if (end < 0) {
      return Optional.empty();
    }
    String tail =
        response.substring(end).stripLeading().replaceFirst("^(?i:is\\b)?\\s*[:=]?\\s*", "");
    String answer = tail.lines().findFirst().orElse("");
    Matcher sentence = SENTENCE_END.matcher(answer);
    if (sentence.find()) {
      answer = answer.substring(0, sentence.start());
    }
    return answer.isBlank()
        ? Optional.empty()
        : Optional.of(new Extracted(answer.strip(), "after the last '" + marker + "'"));
  }

  /** The marker in any case, not as a part of a longer word. */
  private static Pattern word(String marker) {
    String open = Character.isLetterOrDigit(marker.charAt(0)) ? "(?<!\\w)" : "";
    String close = Character.isLetterOrDigit(marker.charAt(marker.length() - 1)) ? "(?!\\w)" : "";
    return Pattern.compile(
        open + Pattern.quote(marker) + close, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The content of the last box whose braces are balanced; one pass, whatever the text. */
  private static Optional<Extracted> lastBox(String response) {
    Deque<Integer> open = new ArrayDeque<>();
    int begin = -1;
    int end = -1;
    for (int i = 0; i < response.length(); i++) {
      char c = response.charAt(i);
      if (c == '{') {
        open.push(i + 1);
      } else if (c == '}' && !open.isEmpty()) {
        int from = open.pop();
        if (from > begin && response.startsWith(BOX, from - BOX.length())) {
          begin = from;
          end = i;
        }
      } else if (c == '\\') {
        boolean escapesBrace =
            i + 1 < response.length() && "{}".indexOf(response.charAt(i + 1)) >= 0;
        i += escapesBrace ? 1 : 0;
      }
    }
    return begin < 0
        ? Optional.empty()
        : Optional.of(
            new Extracted(response.substring(begin, end).strip(), "in the last \\boxed{}"));
  }

  private static Optional<Extracted> lastNumber(String response) {
    String last = null;
    Matcher matcher = NUMBER.matcher(response);
    while (matcher.find()) {
      last = matcher.group();
    }
    return Optional.ofNullable(last).map(text -> new Extracted(text, "the last number"));
  }
}
