package io.lanpo.engine.health.rule;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As much of a completion and its verdict as a sentence can quote: on one line, and without what a
 * terminal would obey.
 *
 * @param ending how the completion ends
 * @param explanation the verdict's
 */
public record Excerpt(String ending, String explanation) {
  private static final int ENDING = 40;
  private static final int EXPLANATION = 160;
  private static final String MORE = "…";

  public Excerpt {
    ending = end(inert(ending.strip()), ENDING);
    explanation = beginning(inert(explanation.strip()), EXPLANATION);
  }

  /** As it stands in a line of metrics. */
  public Map<String, String> asMap() {
    return Map.of("ending", ending, "explanation", explanation);
  }

  /** From a line of metrics; empty when it has none. */
  static Optional<Excerpt> of(@Nullable Object written) {
    return written instanceof Map<?, ?> map
            && map.get("ending") instanceof String ending
            && map.get("explanation") instanceof String explanation
        ? Optional.of(new Excerpt(ending, explanation))
        : Optional.empty();
  }

  /** What the verifier says, as the end of a clause. */
  public String said() {
    return explanation.isEmpty() ? "" : "; of one the verifier says: \"%s\"".formatted(explanation);
  }

  private static String inert(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c)) {
                shown.append(' ');
              } else {
                shown.appendCodePoint(passive(c) ? c : '\ufffd');
              }
            });
    return shown.toString().replaceAll(" +", " ");
  }

  /** Neither a control character nor half a pair, nor a mark that reorders text. */
  private static boolean passive(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c) && type != Character.SURROGATE && type != Character.FORMAT;
  }

  private static String end(String text, int most) {
    int points = text.codePointCount(0, text.length());
    return points <= most ? text : MORE + text.substring(text.offsetByCodePoints(0, points - most));
  }

  private static String beginning(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + MORE;
  }
}
