package io.lanpo.libs.answer;

import io.lanpo.libs.answer.Pieces.Kind;
import io.lanpo.libs.answer.Pieces.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the formula that a sentence states: behind its last verb, else at its beginning, else its
 * last. What is denied or only compared with ({@code not 5}, {@code more than 5}) is none.
 */
final class Prose {
  private static final int LONGEST = 20_000;
  private static final int MOST_UNITS = 4;

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
    return lastSentence(response)
        .filter(Prose::hasFormula)
        .flatMap(sentence -> sentence.withoutReason().stated(false))
        .flatMap(formula -> Found.of(formula, "in the last formula"));
  }

  /** The last sentence with a formula or number, within the end of a response. */
  static Optional<Prose> lastSentence(String response) {
    int from = Math.max(0, response.length() - LONGEST);
    List<Piece> pieces = Pieces.of(response, from, response.length());
    int end = pieces.size();
    while (end > 0) {
      int begin = end;
      while (begin > 0 && pieces.get(begin - 1).kind() != Kind.STOP) {
        begin--;
      }
      Prose sentence = new Prose(response, pieces.subList(begin, end));
      if (sentence.hasFormula() || sentence.answerFrom(0) >= 0) {
        return Optional.of(sentence);
      }
      end = begin - 1;
    }
    return Optional.empty();
  }

  /**
   * What a sentence says whose numbers are no formulas, when that is more or less than its last
   * number: {@code 2 and 3}, {@code not 3}, {@code 2 when divided by 3}.
   */
  Optional<Found> numbers() {
    if (hasFormula()) {
      return Optional.empty();
    }
    Prose prose = withoutReason();
    return prose
        .several(prose.pieces.size() < pieces.size())
        .flatMap(numbers -> Found.of(numbers, "in the last sentence with numbers"));
  }

  /**
   * Whether a sentence denies its formula or offers another, so that its numbers are no answer; a
   * calculation in it may still have a result.
   */
  boolean refuses() {
    Prose prose = withoutReason();
    return hasFormula()
        && prose.answerFrom(0) >= 0
        && prose.stated(false).isEmpty()
        && !prose.calculates();
  }

  private boolean hasFormula() {
    return pieces.stream().anyMatch(p -> p.kind() == Kind.FORMULA || p.kind() == Kind.NAME);
  }

  private boolean calculates() {
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).isAnswer() && isCalculation(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param announced whether words before the sentence announced an answer, so that one at its
   *     beginning is meant
   */
  private Optional<String> stated(boolean announced) {
    int first = answerFrom(0);
    int verb = lastVerb();
    int from =
        announced && first == 0 || verb < 0 ? 0 : verb > 0 && isNot(verb - 1) ? verb - 1 : verb;
    int at = announced && first == 0 ? 0 : verb < 0 ? last() : answerFrom(verb);
    return at < 0 || isDenied(from, at) ? Optional.empty() : span(at);
  }

  /** The sentence up to a reason or condition, {@code since a > 0}, with which it ends. */
  private Prose withoutReason() {
    int reason = -1;
    for (int i = pieces.size() - 1; i > 0; i--) {
      if (pieces.get(i).kind() == Kind.WORD
          && Vocabulary.CONCLUSIONS.contains(word(i))
          && reason < 0) {
        reason = i;
      }
    }
    for (int i = Math.max(0, reason); i < pieces.size(); i++) {
      boolean begins = pieces.get(i).kind() == Kind.WORD && Vocabulary.REASONS.contains(word(i));
      if (begins && answerFrom(0) >= 0 && answerFrom(0) < i) {
        return new Prose(text, pieces.subList(0, i));
      }
    }
    return this;
  }

  /**
   * The numbers at the end of a sentence that are one statement, {@code 2 and 3}, {@code not 3};
   * empty when the last number stands for itself.
   *
   * @param alone whether the last number is meant, since a reason behind it has others
   */
  private Optional<String> several(boolean alone) {
    int last = pieces.size() - 1;
    while (!pieces.get(last).isAnswer()) {
      last--;
    }
    int first = last;
    boolean linked = false;
    while (true) {
      int before = first - 1;
      boolean link = false;
      while (before > 0
          && (pieces.get(before).kind() == Kind.COMMA
              || pieces.get(before).kind() == Kind.WORD
                  && (Vocabulary.LINKS.contains(word(before)) || word(before).equals("out")))) {
        link |= pieces.get(before).kind() == Kind.WORD;
        before--;
      }
      boolean unit = link && before > 0 && word(before + 1).equals("by");
      before -= unit && pieces.get(before).kind() == Kind.WORD ? 1 : 0;
      if (before < 0 || before == first - 1 || !pieces.get(before).isAnswer()) {
        break;
      }
      linked |= link;
      first = before;
    }
    boolean stated =
        first > 0
            && pieces.get(first - 1).kind() == Kind.WORD
            && Vocabulary.VERBS.contains(word(first - 1));
    boolean denied = first > 0 && (isNot(first - 1) || word(first - 1).equals("than"));
    // cannot be 11
    boolean be = !denied && first > 1 && word(first - 1).equals("be") && isNot(first - 2);
    denied |= be;
    boolean together = first < last && (linked || stated);
    int from = first - (be ? 2 : denied ? 1 : 0);
    return denied || together || alone
        ? Optional.of(text.substring(pieces.get(from).from(), pieces.get(last).to()))
        : Optional.empty();
  }

  private boolean isNot(int at) {
    return pieces.get(at).kind() == Kind.WORD
        && (word(at).equals("not") || word(at).equals("cannot") || word(at).matches(".*n['’]t"));
  }

  /** The last verb with a formula or number behind it; -1 when there is none. */
  private int lastVerb() {
    int answer = pieces.size() - 1;
    while (answer >= 0 && !pieces.get(answer).isAnswer()) {
      answer--;
    }
    for (int i = answer; i >= 0; i--) {
      if (pieces.get(i).kind() == Kind.WORD && Vocabulary.VERBS.contains(word(i))) {
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
      if (pieces.get(i).kind() == Kind.WORD && (Vocabulary.DENIALS.contains(word(i)) || isNot(i))) {
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
    boolean operates = false;
    while (unit < pieces.size()
        && unit - last <= MOST_UNITS
        && pieces.get(unit).kind() == Kind.WORD
        && !Vocabulary.ASIDES.contains(word(unit))
        && text.substring(pieces.get(unit - 1).to(), pieces.get(unit).from()).indexOf('(') < 0) {
      operates |= Vocabulary.OPERATORS.contains(word(unit));
      unit++;
    }
    if (operates || goesOn(last, unit)) {
      return Optional.empty();
    }
    int behind = unit;
    while (behind < pieces.size() && pieces.get(behind).kind() == Kind.COMMA) {
      behind++;
    }
    boolean hedged =
        behind < pieces.size()
            && pieces.get(behind).kind() == Kind.WORD
            && Vocabulary.HEDGES.contains(word(behind))
            && !(pieces.get(last).kind() == Kind.FORMULA && isRounding(behind + 1))
            && answerFrom(behind) >= 0;
    boolean minus = from > 0 && Vocabulary.MINUS.contains(word(from - 1));
    return hedged
        ? Optional.empty()
        : Optional.of(
            (minus ? "-" : "")
                + text.substring(pieces.get(from).from(), pieces.get(unit - 1).to()));
  }

  /** {@code about 0.83}, behind an exact value and "or". */
  private boolean isRounding(int at) {
    return at + 1 < pieces.size()
        && pieces.get(at).kind() == Kind.WORD
        && Vocabulary.ABOUT.contains(word(at))
        && pieces.get(at + 1).kind() == Kind.NUMBER;
  }

  /**
   * Whether words behind a number and its unit make something else of it: {@code 4 to 5}, {@code 4
   * out of 5}, {@code 4 times pi}, {@code 4 and a half}, {@code 4 more than x}.
   */
  private boolean goesOn(int number, int end) {
    String next = end < pieces.size() && pieces.get(end).kind() == Kind.WORD ? word(end) : "";
    String after =
        end + 1 < pieces.size() && pieces.get(end + 1).kind() == Kind.WORD ? word(end + 1) : "";
    boolean value = end + 1 < pieces.size() && pieces.get(end + 1).isAnswer();
    boolean bare = end == number + 1;
    boolean times = !bare && word(end - 1).equals("times");
    return switch (next) {
      case "than" -> true;
      case "to" -> bare && (value || after.equals("the"));
      case "in", "by" -> bare && value;
      case "out" -> bare && after.equals("of");
      case "and" -> bare && (after.equals("a") || after.equals("one"));
      case "as" -> times;
      default -> times && end < pieces.size() && pieces.get(end).isAnswer();
    };
  }
}
