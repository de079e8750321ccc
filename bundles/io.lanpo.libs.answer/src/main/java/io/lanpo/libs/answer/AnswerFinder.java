package io.lanpo.libs.answer;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
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

  /**
   * The formula that the last sentence with one states: between TeX's delimiters, or a run that can
   * be nothing else. Nothing when that sentence has plain numbers only.
   */
  public static final String LAST_FORMULA = "last-formula";

  /**
   * The last number, with a percent sign or letters that stand right behind it; none within braces,
   * no exponent and no index. Together with {@link #LAST_FORMULA} its sentence counts: {@code 2 and
   * 3} are two, {@code not 3} is none.
   */
  public static final String LAST_NUMBER = "last-number";

  /** The last line that is not blank. */
  public static final String LAST_LINE = "last-line";

  /** What announces an answer in words, the surest first. */
  public static final List<String> WORDS =
      List.of(
          "<answer>",
          "final answer",
          "answer is",
          "correct option is",
          "correct choice is",
          "answer");

  private static final Pattern DECISION =
      Pattern.compile("\\(?[A-J][.)]{0,2}|(?i:yes|no|true|false)[.!]?");

  private static final Pattern JSON_TEXTS = Pattern.compile("\\s*\\[\\s*\"");

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

  /** The final answer, without Markdown's emphasis; empty when no way finds one. */
  public Optional<Found> find(String response) {
    String text = Markdown.plain(response);
    for (String way : ways) {
      Optional<Found> found =
          switch (way) {
            case BOXED -> Boxes.last(text);
            case LAST_FORMULA -> Prose.last(text);
            case LAST_NUMBER -> ways.contains(LAST_FORMULA) ? lastStated(text) : lastNumber(text);
            case LAST_LINE -> lastLine(text);
            default -> Markers.after(way, text);
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return ways.contains(LAST_FORMULA) ? decision(text) : Optional.empty();
  }

  /** The last line when it is nothing but the letter of a choice, or yes or no. */
  private static Optional<Found> decision(String text) {
    return lastLine(text).filter(found -> DECISION.matcher(found.text()).matches());
  }

  /** Why {@link #find} found nothing, a sentence for the explanation of a verdict. */
  public String nothingFound(String response) {
    String box =
        Boxes.hasUnclosed(response)
            ? ", and a \\boxed{ is not closed"
            : Boxes.content(response).isPresent() ? ", and the last box is empty" : "";
    return "no answer is found by any of %s%s.".formatted(ways, box);
  }

  /** An answer as responses that state it, one for each way, in order; at least one. */
  public List<String> responses(String answer) {
    List<String> forms =
        ways.stream()
            .map(
                way ->
                    switch (way) {
                      case BOXED -> "\\boxed{" + answer + "}";
                      case LAST_FORMULA, LAST_NUMBER, LAST_LINE -> answer;
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

  /**
   * The answers within an answer key, each of which is right: the texts of a JSON list, or the one
   * of {@link #ofKey}. At least one.
   */
  public static List<String> keys(String key) {
    if (!JSON_TEXTS.matcher(key).lookingAt()) {
      return List.of(ofKey(key));
    }
    try {
      List<String> keys =
          JsonParser.parseString(key).getAsJsonArray().asList().stream()
              .map(JsonElement::getAsString)
              .map(AnswerFinder::ofKey)
              .toList();
      return keys.isEmpty() ? List.of(ofKey(key)) : keys;
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // not JSON: the brackets and quotes belong to the answer
      return List.of(ofKey(key));
    }
  }

  private static Optional<Found> lastLine(String response) {
    String text = response.stripTrailing();
    return Found.of(text.substring(text.lastIndexOf('\n') + 1), "the last line");
  }

  /** The last number where sentences are read, too: none that its sentence denies. */
  private static Optional<Found> lastStated(String response) {
    Optional<Prose> sentence = Prose.lastSentence(response);
    return sentence.filter(Prose::refuses).isPresent()
        ? Optional.empty()
        : sentence.flatMap(Prose::numbers).or(() -> lastNumber(response));
  }

  private static Optional<Found> lastNumber(String response) {
    String last = "";
    int depth = 0;
    int seen = 0;
    Matcher matcher = NUMBER.matcher(response);
    while (matcher.find()) {
      for (; seen < matcher.start(); seen++) {
        char c = response.charAt(seen);
        depth = c == '\n' ? 0 : c == '{' ? depth + 1 : c == '}' ? Math.max(0, depth - 1) : depth;
      }
      boolean raised = seen > 0 && "^_".indexOf(response.charAt(seen - 1)) >= 0;
      last = depth > 0 || raised ? last : matcher.group();
    }
    return Found.of(last, "the last number");
  }
}
