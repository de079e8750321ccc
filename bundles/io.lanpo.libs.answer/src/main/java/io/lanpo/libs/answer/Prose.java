package io.lanpo.libs.answer;

import io.lanpo.libs.answer.Pieces.Kind;
import io.lanpo.libs.answer.Pieces.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the formula that a sentence states: behind its last verb, else at its beginning, else its
 * last. What is denied or only compared with ({@code not 5}, {@code more than 5}) is none.
 */
final class Prose {
  private static final int LONGEST = 20_000;
  private static final int MOST_UNITS = 4;

  private static final Set<String> VERBS =
      Set.of("is", "are", "was", "were", "be", "equals", "becomes", "gives", "yields");

  private static final Set<String> DENIALS =
      Set.of(
          "not", "no", "never", "than", "least", "most", "neither", "nor", "cannot", "except",
          "without", "isn't", "isn’t");

  /** Words that offer another answer behind one. */
  private static final Set<String> HEDGES =
      Set.of("or", "maybe", "perhaps", "possibly", "alternatively", "either");

  /** Words behind a number that are no unit. */
  private static final Set<String> ASIDES =
      Set.of(
          "because",
          "since",
          "as",
          "which",
          "where",
          "when",
          "so",
          "if",
          "for",
          "with",
          "by",
          "that",
          "hence",
          "thus",
          "and",
          "or",
          "but",
          "not",
          "then",
          "from",
          "after",
          "is",
          "are",
          "was",
          "at",
          "on",
          "we",
          "i",
          "it",
          "this",
          "in",
          "to",
          "out",
          "while",
          "instead",
          "therefore",
          "using",
          "than");

  private final String text;
  private final List<Piece> pieces;

  private Prose(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  /** The formula that a sentence states; the sentence when it states none. */
  static String formula(String sentence) {
    if (sentence.length() > LONGEST) {
      return sentence;
    }
    List<Piece> pieces = Pieces.of(sentence, 0, sentence.length());
    return new Prose(sentence, pieces).stated(true).orElse(sentence);
  }

  /**
   * The formula that the last sentence with a formula or number states; empty when it has numbers
   * only, of which the last is another way to find an answer.
   */
  static Optional<Found> last(String response) {
    int from = Math.max(0, response.length() - LONGEST);
    List<Piece> pieces = Pieces.of(response, from, response.length());
    int end = pieces.size();
    while (end > 0) {
      int begin = end;
      while (begin > 0 && pieces.get(begin - 1).kind() != Kind.STOP) {
        begin--;
      }
      List<Piece> sentence = pieces.subList(begin, end);
      boolean formulas =
          sentence.stream().anyMatch(p -> p.kind() == Kind.FORMULA || p.kind() == Kind.NAME);
      if (formulas || sentence.stream().anyMatch(p -> p.kind() == Kind.NUMBER)) {
        return formulas
            ? new Prose(response, sentence)
                .stated(false)
                .flatMap(formula -> Found.of(formula, "in the last formula"))
            : Optional.empty();
      }
      end = begin - 1;
    }
    return Optional.empty();
  }

  /**
   * @param announced whether words before the sentence announced an answer, so that one at its
   *     beginning is meant
   */
  private Optional<String> stated(boolean announced) {
    int first = answerFrom(0);
    int verb = lastVerb();
    int from = announced && first == 0 || verb < 0 ? 0 : verb;
    int at = announced && first == 0 ? 0 : verb < 0 ? last() : answerFrom(verb);
    return at < 0 || isDenied(from, at) ? Optional.empty() : span(at);
  }

  /** The last verb with a formula or number behind it; -1 when there is none. */
  private int lastVerb() {
    int answer = pieces.size() - 1;
    while (answer >= 0 && !pieces.get(answer).isAnswer()) {
      answer--;
    }
    for (int i = answer; i >= 0; i--) {
      if (pieces.get(i).kind() == Kind.WORD && VERBS.contains(word(i))) {
        return i;
      }
    }
    return -1;
  }

  private String word(int at) {
    return text.substring(pieces.get(at).from(), pieces.get(at).to()).toLowerCase(Locale.ROOT);
  }

  private int answerFrom(int from) {
    for (int i = from; i < pieces.size(); i++) {
      if (pieces.get(i).isAnswer()) {
        return i;
      }
    }
    return -1;
  }

  /** The last formula; the last number when there is none, and a name when that is all. */
  private int last() {
    int found = -1;
    for (int i = 0; i < pieces.size(); i++) {
      boolean better = found < 0 || pieces.get(i).kind().compareTo(pieces.get(found).kind()) <= 0;
      boolean answer = pieces.get(i).isAnswer() || pieces.get(i).kind() == Kind.NAME;
      found = answer && better ? i : found;
    }
    while (found > 1
        && isJoin(found - 1)
        && pieces.get(found - 2).isAnswer()
        && (word(found - 1).equals("or") || !isCalculation(found))) {
      found -= 2;
    }
    return found;
  }

  private boolean isCalculation(int at) {
    return Character.isDigit(word(at).charAt(0)) && word(at).contains("=");
  }

  private boolean isDenied(int from, int to) {
    for (int i = from; i < to; i++) {
      if (pieces.get(i).kind() == Kind.WORD && DENIALS.contains(word(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isJoin(int at) {
    return pieces.get(at).kind() == Kind.COMMA
        || pieces.get(at).kind() == Kind.WORD && (word(at).equals("and") || word(at).equals("or"));
  }

  /** A formula with those joined to it and the unit behind; empty when another is offered. */
  private Optional<String> span(int from) {
    int last = from;
    while (true) {
      int next = last + 1;
      while (next < pieces.size() && isJoin(next)) {
        next++;
      }
      if (next == last + 1 || next >= pieces.size() || !pieces.get(next).isAnswer()) {
        break;
      }
      last = next;
    }
    int unit = last + 1;
    while (unit < pieces.size()
        && unit - last <= MOST_UNITS
        && pieces.get(unit).kind() == Kind.WORD
        && !ASIDES.contains(word(unit))) {
      unit++;
    }
    int behind = unit;
    while (behind < pieces.size() && pieces.get(behind).kind() == Kind.COMMA) {
      behind++;
    }
    boolean hedged =
        behind < pieces.size()
            && pieces.get(behind).kind() == Kind.WORD
            && HEDGES.contains(word(behind))
            && answerFrom(behind) >= 0;
    return hedged
        ? Optional.empty()
        : Optional.of(text.substring(pieces.get(from).from(), pieces.get(unit - 1).to()));
  }
}
