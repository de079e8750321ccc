package io.lanpo.libs.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer in a response: the first way, in a configured order, that finds one. Every
 * way is one pass over the text, whatever it contains. Immutable.
 */
public final class AnswerFinder {
  /** The content of the last <code>\boxed{…}</code> or <code>\fbox{…}</code>. */
  public static final String BOXED = "boxed";

  /** The last number, with a percent sign or letters that stand right behind it. */
  public static final String LAST_NUMBER = "last-number";

  /** The last line that is not blank. */
  public static final String LAST_LINE = "last-line";

  private static final String SOLUTION = "####";

  private static final String DECIMAL =
      "(?:(?:\\d{1,3}(?:(?:,|\\{,})\\d{3})++(?!\\d)|\\d++)(?:\\.\\d++)?+|(?<!\\.)\\.\\d++)"
          + "(?:[eE][-+]?+\\d++)?+";

  /**
   * A minus between two values is no sign, a digit within a name ({@code x2}) is no number, and
   * letters right behind a number belong to it: {@code 5cm} is a length and {@code 2x} not the
   * number 2.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:(?<![\\p{L}\\d_.)\\]}])[-+\u2212])?+(?<![\\p{L}\\d_]|\\d\\.)"
              + DECIMAL
              + "(?: ?/ ?[-+]?"
              + DECIMAL
              + ")*+(?:\\\\?%)?+\\p{L}{0,20}");

  private final List<String> ways;

  /**
   * @param ways where to look, the first that finds an answer counts: {@link #BOXED}, {@link
   *     #LAST_NUMBER}, {@link #LAST_LINE} or words after which the answer stands; such words are
   *     found in any case but not within a longer word, and a tag as {@code <answer>} takes what
   *     stands up to its end
   */
  public AnswerFinder(List<String> ways) {
    this.ways = List.copyOf(ways);
  }

  /** The ways that a setting lists, separated by {@code |}. */
  public static List<String> ways(String setting) {
    return Arrays.stream(setting.split("\\|"))
        .map(String::strip)
        .filter(way -> !way.isEmpty())
        .toList();
  }

  /** Where it looks, in order. */
  public List<String> ways() {
    return ways;
  }

  /** The final answer; empty when no way finds one. */
  public Optional<Found> find(String response) {
    for (String way : ways) {
      Optional<Found> found =
          switch (way) {
            case BOXED -> Boxes.last(response);
            case LAST_NUMBER -> lastNumber(response);
            case LAST_LINE -> lastLine(response);
            default -> Markers.after(way, response);
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Why {@link #find} found nothing, for the explanation of a verdict. */
  public String nothingFound(String response) {
    String box = response.contains("\\boxed{") ? "; a \\boxed{ is not closed" : "";
    return "no answer found: none of %s%s".formatted(ways, box);
  }

  /** An answer as responses that state it, one for each way, in order; at least one. */
  public List<String> responses(String answer) {
    List<String> forms =
        ways.stream()
            .map(
                way ->
                    switch (way) {
                      case BOXED -> "\\boxed{" + answer + "}";
                      case LAST_NUMBER, LAST_LINE -> answer;
                      default -> way + " " + answer;
                    })
            .toList();
    return forms.isEmpty() ? List.of(answer) : forms;
  }

  /**
   * The answer within an answer key: the whole key, unless it is a worked solution that ends with a
   * box or with {@code ####} and the answer, as those of some data sets do. Blank when there is
   * nothing in the box.
   */
  public static String ofKey(String key) {
    return Boxes.content(key)
        .or(() -> Markers.after(SOLUTION, key).map(Found::text))
        .orElse(key)
        .strip();
  }

  private static Optional<Found> lastLine(String response) {
    String text = response.stripTrailing();
    return Found.of(text.substring(text.lastIndexOf('\n') + 1), "the last line");
  }

  private static Optional<Found> lastNumber(String response) {
    String last = "";
    Matcher matcher = NUMBER.matcher(response);
    while (matcher.find()) {
      last = matcher.group();
    }
    return Found.of(last, "the last number");
  }
}
