package io.lanpo.shell.terminal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a search, wherever they occur in a text. Case does not matter; a word is found as a
 * whole.
 */
public final class Highlighter {
  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<Pattern> words;

  /**
   * @param text what is looked for
   */
  public Highlighter(String text) {
    words =
        Arrays.stream(APART.split(text))
            .filter(word -> !word.isEmpty())
            .distinct()
            .map(Highlighter::whole)
            .toList();
  }

  /** Whether a text has every word. */
  public boolean matches(String text) {
    return words.stream().allMatch(word -> word.matcher(text).find());
  }

  /** The text with the words painted. */
  public String mark(String text, AnsiStyle paint) {
    if (words.isEmpty() || !paint.enabled()) {
      return text;
    }
    String any = String.join("|", words.stream().map(Pattern::pattern).toList());
    return compiled(any).matcher(text).replaceAll(found -> quoted(paint.match(found.group())));
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private static Pattern whole(String word) {
    return compiled("(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])");
  }

  private static Pattern compiled(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
