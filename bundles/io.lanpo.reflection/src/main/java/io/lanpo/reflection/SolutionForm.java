package io.lanpo.reflection;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a refined solution holds. By it the solution is found where the policy leaves the marker
 * out, or uses its words again behind the solution.
 */
public enum SolutionForm {
  /** Anything: only the marker tells where it is. */
  ANY {
    @Override
    boolean isIn(String text) {
      return true;
    }

    @Override
    Optional<String> last(String review) {
      return Optional.empty();
    }
  },

  /** A final answer: in a box, or announced in words. */
  ANSWER {
    @Override
    boolean isIn(String text) {
      return ANSWERS.stream().anyMatch(way -> way.matcher(text).find());
    }

    @Override
    Optional<String> last(String review) {
      return ANSWERS.stream()
          .flatMap(way -> way.matcher(review).results().reduce((a, b) -> b).stream())
          .findFirst()
          .map(found -> review.substring(paragraph(review, found.start())));
    }
  },

  /**
   * A program: in a fenced block, of which one that defines something comes before others. Comments
   * at its top speak of the attempt, which the solution has to do without.
   */
  PROGRAM {
    @Override
    boolean isIn(String text) {
      return BLOCK.matcher(text).find() || DEFINITION.matcher(text).find();
    }

    @Override
    Optional<String> last(String review) {
      List<MatchResult> blocks = BLOCK.matcher(review).results().toList();
      return blocks.stream()
          .filter(block -> DEFINITION.matcher(block.group()).find())
          .reduce((a, b) -> b)
          .or(() -> blocks.stream().reduce((a, b) -> b))
          .map(block -> COMMENTS.matcher(block.group()).replaceFirst("$1"));
    }
  };

  /** The surest first. */
  private static final List<Pattern> ANSWERS =
      List.of(
          Pattern.compile("\\\\(?:boxed|fbox)\\b"),
          Pattern.compile("####|(?i:\\bfinal answer\\b)"),
          Pattern.compile("(?i)\\banswer(?: is\\b|\\W{0,3}:)"));

  /** One that is never closed reaches to the end. */
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^[ \\t]*(`{3,}|~{3,})[^\\n`]*\\n.*?(?:^[ \\t]*\\1[ \\t]*$|\\z)");

  private static final Pattern DEFINITION =
      Pattern.compile("(?m)^[ \\t]*(?:(?:async[ \\t]+)?def|class)[ \\t]");

  /** Lines of comments at the top of a block. */
  private static final Pattern COMMENTS =
      Pattern.compile("\\A(.*\\n)(?:[ \\t]*(?:(?:#|//).*)?\\n)+");

  private static final Pattern EMPHASIS = Pattern.compile("\\A[ \\t*_#:.-]*\\n");

  private static final Pattern EMPTY_LINE = Pattern.compile("\\n[ \\t]*\\n");

  /** Whether what follows a marker holds such a solution. */
  abstract boolean isIn(String text);

  /** The last such solution in a review. */
  abstract Optional<String> last(String review);

  /** What follows a marker without the rest of its line, where that only emphasises the marker. */
  String tidied(String behind) {
    return this == ANY ? behind : EMPHASIS.matcher(behind).replaceFirst("");
  }

  /** Where the paragraph of a place begins. */
  private static int paragraph(String text, int place) {
    return EMPTY_LINE
        .matcher(text)
        .region(0, place)
        .results()
        .reduce((a, b) -> b)
        .map(MatchResult::end)
        .orElse(0);
  }
}
