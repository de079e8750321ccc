package io.lanpo.relative.curation;

import io.lanpo.api.feedback.Lesson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a lesson says, without case and punctuation.
 *
 * @param kind principles and pitfalls say different things, whatever their words
 * @param tokens words and numbers in lower case, in order
 * @param pairs each two that follow each other
 */
record Wording(Lesson.Kind kind, List<String> tokens, Set<String> pairs) {
  private static final Pattern TOKEN =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|\\p{Nd}+(?:[.,/]\\p{Nd}+)*");

  static Wording of(Lesson lesson) {
    List<String> tokens =
        TOKEN
            .matcher(lesson.text().toLowerCase(Locale.ROOT))
            .results()
            .map(MatchResult::group)
            .toList();
    Set<String> pairs = new HashSet<>();
    for (int i = 1; i < tokens.size(); i++) {
      pairs.add(tokens.get(i - 1) + " " + tokens.get(i));
    }
    return new Wording(lesson.kind(), tokens, pairs);
  }

  /**
   * Whether both say the same: in the same words; or with the same numbers and enough common pairs
   * of words, of all that occur in either (resemblance, Broder, SEQUENCES 1997).
   *
   * @param share least share of common pairs
   */
  boolean says(Wording other, double share) {
    if (kind != other.kind) {
      return false;
    }
    if (tokens.equals(other.tokens)) {
      return true;
    }
    int fewer = Math.min(pairs.size(), other.pairs.size());
    int more = Math.max(pairs.size(), other.pairs.size());
    if (fewer == 0 || fewer < share * more || !numbers().equals(other.numbers())) {
      return false;
    }
    long common = pairs.stream().filter(other.pairs::contains).count();
    return common >= share * (fewer + more - common);
  }

  private List<String> numbers() {
    List<String> numbers = new ArrayList<>(tokens);
    numbers.removeIf(token -> !Character.isDigit(token.codePointAt(0)));
    return numbers;
  }
}
