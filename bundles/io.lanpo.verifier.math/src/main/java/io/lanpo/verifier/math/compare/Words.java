package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.Sym;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in words. */
public final class Words {
  private static final List<String> NUMBERS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen",
          "twenty");

  /** A choice letter in brackets and bold, with what it stands for. */
  private static final Pattern VALUE =
      Pattern.compile(
          "\\\\(?:text|textbf|textrm|mathrm|mathbf)\\s?\\{\\s*\\([A-J]\\)[\\s~]*}(?:\\\\[ ,;:!]|\\\\q?quad|[\\s~])*(.+)",
          Pattern.DOTALL);

  /** Commands of type and braces around words. */
  private static final Pattern STYLE =
      Pattern.compile("\\\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox)(?![a-z])\\s?|[{}$*]");

  private static final Pattern SPACE = Pattern.compile("\\\\[ ,;!]|~");
  private static final Pattern SIGNS = Pattern.compile("[\\p{Punct}\\s]+");
  private static final Pattern ARTICLE = Pattern.compile("^(?i:the|an?) (?=\\S)");

  private static final Map<String, Expr> SETS = sets();

  private static Map<String, Expr> sets() {
    Map<String, Expr> sets = new HashMap<>();
    for (String none :
        List.of(
            "no solution",
            "no solutions",
            "no real solution",
            "no real solutions",
            "empty set",
            "empty",
            "none")) {
      sets.put(none, new SetOf(List.of()));
    }
    for (String all :
        List.of(
            "all real numbers",
            "all reals",
            "all real values",
            "real numbers",
            "reals",
            "set of all real numbers",
            "set of real numbers")) {
      sets.put(all, new Sym("bbR"));
    }
    return Map.copyOf(sets);
  }

  /**
   * A choice letter as it is written in multiple-choice answers, perhaps with what it stands for.
   */
  private static final Pattern CHOICE =
      Pattern.compile(
          "(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer):? ?)?(?:\\(([A-J])\\)|([A-J])(?=$|[).:]))(?:[).:]*(?:$| .*))");

  private Words() {}

  /** The number that a word from zero to twenty names. */
  static Optional<Rational> number(String words) {
    int at = NUMBERS.indexOf(words.strip().toLowerCase(Locale.ROOT));
    return at < 0 ? Optional.empty() : Optional.of(Rational.of(at));
  }

  /** The set of numbers that words name. */
  static Optional<Expr> set(String words) {
    return Optional.ofNullable(SETS.get(plain(words, true)));
  }

  /** Words without what does not count: case if so wished, articles, punctuation, spaces. */
  public static String plain(String words, boolean anyCase) {
    String text = anyCase ? words.toLowerCase(Locale.ROOT) : words;
    String letters = SIGNS.matcher(text).replaceAll(" ").strip();
    return ARTICLE.matcher(letters).replaceFirst("");
  }

  /** Whether a text is one capital letter that can name a choice. */
  static boolean isChoice(String text) {
    return text.length() == 1 && text.charAt(0) >= 'A' && text.charAt(0) <= 'J';
  }

  /** What stands behind the letter of a choice: {@code 12} of <code>\\textbf{(B)}\\ 12</code>. */
  public static Optional<String> besideChoice(String answer) {
    Matcher value = VALUE.matcher(answer);
    return answer.startsWith("\\") && value.matches()
        ? Optional.of(value.group(1))
        : Optional.empty();
  }

  /** The choice that an answer begins with. */
  public static Optional<String> choice(String answer) {
    if (answer.length() > 300) {
      return Optional.empty();
    }
    String text = SPACE.matcher(STYLE.matcher(answer).replaceAll("")).replaceAll(" ").strip();
    Matcher choice = CHOICE.matcher(text);
    return choice.matches()
        ? Optional.of(choice.group(1) == null ? choice.group(2) : choice.group(1))
        : Optional.empty();
  }
}
