package io.lanpo.libs.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what follows the words or the tag that announce an answer. */
final class Markers {
  static final int LONGEST = 20_000;
  private static final int MOST_TRIED = 100;
  private static final Pattern TAG = Pattern.compile("<\\w+>");

  /**
   * A marker that says by itself that an answer follows; a heading has the sign of {@code ####}.
   */
  private static final Pattern ANNOUNCES = Pattern.compile("(?:\\b(?:is|are|be)|[^#\\p{L}])$");

  /** Only punctuation: {@code 3 is the answer.} and the head of a table announce nothing. */
  private static final Pattern NOTHING = Pattern.compile("[.,;:|\\s-]*+");

  /** A word that answers a question, before a reason: {@code Yes, because 7 is prime}. */
  private static final Pattern DECISION =
      Pattern.compile(
          "(?i)(yes|no|true|false)(?=\\s*+(?:[,;(–—]|because\\b|since\\b)).*+"
              + "|(?-i:(\\(?[A-J]\\)?))(?=\\s*+,?\\s*+(?:because|since)\\b).*+");

  /** What may stand between a marker and the answer that it announces. */
  private static final String SIGNS = ":=–—";

  private static final Set<String> VERBS =
      Set.of("is", "are", "was", "be", "equals", "would", "will", "must", "should");

  private static final Set<String> FILLERS =
      Set.of("therefore", "thus", "then", "hence", "so", "simply", "just", "clearly", "indeed");

  private Markers() {}

  /**
   * What follows the last occurrence that announces something, to the end of its sentence or line.
   * Prose announces nothing unless it is the end of the response: {@code we answer the question for
   * n = 3. Hence it is 7}.
   */
  static Optional<Found> after(String marker, String response) {
    int tried = 0;
    for (int i = response.length() - marker.length(); i >= 0 && tried < MOST_TRIED; i--) {
      int end = i + marker.length();
      if (response.regionMatches(true, i, marker, 0, marker.length())
          && isWhole(response, i, end)) {
        tried++;
        Optional<Found> found =
            Found.of(behind(marker, response, end), "after the last '" + marker + "'");
        if (found.isPresent() && !NOTHING.matcher(found.get().text()).matches()) {
          return found.map(f -> new Found(f.text(), Prose.formula(f.text()), f.text(), f.how()));
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
    return close >= 0
        ? response.substring(from, close)
        : sentence(response, from, ANNOUNCES.matcher(marker).find());
  }

  /**
   * @param announces whether prose behind the marker is the answer in any case
   */
  private static String sentence(String response, int from, boolean announces) {
    int start = skipped(response, from);
    String lead = response.substring(from, start);
    boolean announced = announces || !lead.isBlank() || lead.contains("\n");
    int end = start;
    int longest = Math.min(response.length(), start + LONGEST);
    while (end < longest
        && response.charAt(end) != '\n'
        && !endsSentence(response, end)
        && !endsFormula(response, end)) {
      char c = response.charAt(end);
      int formula = c == '$' || c == '\\' ? Delimiters.end(response, end, longest) : -1;
      end = formula < 0 ? end + 1 : formula;
    }
    String sentence = response.substring(start, end);
    Matcher decision = DECISION.matcher(sentence);
    if (decision.matches()) {
      return decision.group(1) == null ? decision.group(2) : decision.group(1);
    }
    boolean last = response.substring(end).strip().length() <= 1;
    boolean prose =
        sentence.length() > 1
            && Character.isLetter(sentence.charAt(0))
            && Character.isLetter(sentence.charAt(1));
    return announced || last || !prose ? sentence : "";
  }

  /** Where the answer begins: behind white space, signs and words that lead to it. */
  private static int skipped(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean quote = c == '>' && at > 0 && text.charAt(at - 1) == '\n';
      boolean minus = c == '–' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
      // the end of \text{Answer}
      boolean brace = c == '}' && at == from;
      if (brace || Character.isWhitespace(c) || SIGNS.indexOf(c) >= 0 && !minus || quote) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && end - at < 12 && Character.isLetter(text.charAt(end))) {
        end++;
      }
      String word = text.substring(at, end).toLowerCase(Locale.ROOT);
      if (!VERBS.contains(word) && !FILLERS.contains(word)) {
        break;
      }
      at = end;
    }
    return at;
  }

  /** The end of a formula within which the answer was announced. */
  private static boolean endsFormula(String text, int at) {
    return text.startsWith("\\]", at) || text.startsWith("\\)", at);
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
