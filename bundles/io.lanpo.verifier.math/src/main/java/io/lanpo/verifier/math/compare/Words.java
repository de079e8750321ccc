package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.number.Rational;
import java.util.List;
import java.util.Locale;
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

  /** Words without what does not count: case if so wished, articles, punctuation, spaces. */
  public static String plain(String words, boolean anyCase) {
    String text = anyCase ? words.toLowerCase(Locale.ROOT) : words;
    String letters = text.replaceAll("[\\p{Punct}\\s]+", " ").strip();
    return letters.replaceFirst("^(?i:the|an?) (?=\\S)", "");
  }

  /** Whether a text is one capital letter that can name a choice. */
  static boolean isChoice(String text) {
    return text.length() == 1 && text.charAt(0) >= 'A' && text.charAt(0) <= 'J';
  }

  /** The choice that an answer begins with. */
  public static Optional<String> choice(String answer) {
    if (answer.length() > 300) {
      return Optional.empty();
    }
    String text =
        answer
            .replaceAll("\\\\(?:text|textbf|mathrm|mathbf|mbox)\\s?|[{}$*]", "")
            .replaceAll("\\\\[ ,;!]|~", " ")
            .strip();
    Matcher choice = CHOICE.matcher(text);
    return choice.matches()
        ? Optional.of(choice.group(1) == null ? choice.group(2) : choice.group(1))
        : Optional.empty();
  }
}
