package io.lanpo.similarity;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a score in what a policy wrote: the first number, as a share of the number that stands for
 * full relevance, or of a hundred when a percent sign follows.
 *
 * @param full the number that stands for full relevance
 */
record ScoreReader(double full) {
  private static final Pattern NUMBER =
      Pattern.compile("(?<sign>[-−])?(?<number>\\d+(?:[.,]\\d+)?|[.,]\\d+)\\s*(?<percent>%)?");

  /** The score, 0 to 1; empty when there is no number or it is outside the scale. */
  OptionalDouble read(String answer) {
    Matcher matcher = NUMBER.matcher(answer);
    if (!matcher.find() || matcher.group("sign") != null) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(matcher.group("number").replace(',', '.'));
    double score = number / (matcher.group("percent") == null ? full : 100);
    return score <= 1 ? OptionalDouble.of(score) : OptionalDouble.empty();
  }
}
