package io.lanpo.libs.answer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into formulas, words and what ends a sentence. A formula is what stands between TeX's
 * delimiters, or a run of numbers, signs, commands and single letters that could be one.
 */
final class Pieces {
  /** What a piece is. */
  enum Kind {
    /** A formula: more than a number. */
    FORMULA,
    /** A number, perhaps with a sign, a currency or a percent sign. */
    NUMBER,
    /** A single letter as a formula, {@code $n$}: the name of something rather than its value. */
    NAME,
    WORD,
    /** A comma or semicolon. */
    COMMA,
    /** The end of a sentence or line. */
    STOP
  }

  /**
   * A piece.
   *
   * @param from where it begins
   * @param to where it ends
   */
  record Piece(Kind kind, int from, int to) {
    boolean isAnswer() {
      return kind == Kind.FORMULA || kind == Kind.NUMBER;
    }
  }

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "sqrt", "pi", "theta",
          "max", "min", "gcd", "lcm", "arcsin", "arccos", "arctan", "abs", "mod");

  private static final Set<String> SHORT_WORDS =
      Set.of("and", "not", "see", "or", "for", "the", "in");

  private static final String SIGNS = "+-−–*×·⋅÷/=<>≤≥≈≠±^_()[]{}|!%°'√∛∜∞∪∩∈$€£&";
  private static final String DIGIT_GROUPS = ",.";

  private final String text;
  private final int end;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;

  /** Whether every brace so far was closed; behind one that is not none is looked for. */
  private boolean bracesClose = true;

  private final Set<Character> unclosed = new HashSet<>();

  private Pieces(String text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /** The pieces of a part of a text, in order. */
  static List<Piece> of(String text, int from, int to) {
    Pieces pieces = new Pieces(text, from, to);
    pieces.read();
    return pieces.pieces;
  }

  /** {@link Delimiters#end}, without another search for a delimiter that does not come. */
  private int formulaEnd(int from) {
    boolean bracket = text.startsWith("\\(", from) || text.startsWith("\\[", from);
    char open = bracket ? text.charAt(from + 1) : ' ';
    if (bracket && unclosed.contains(open)) {
      return -1;
    }
    int close = Delimiters.end(text, from, end);
    if (bracket && close < 0) {
      unclosed.add(open);
    }
    return close;
  }

  private void read() {
    while (at < end) {
      char c = text.charAt(at);
      int close = c == '$' || c == '\\' ? formulaEnd(at) : -1;
      if (close >= 0) {
        add(isName(text.substring(at, close)) ? Kind.NAME : Kind.FORMULA, at, close);
      } else if (c == '\n') {
        add(Kind.STOP, at, at + 1);
      } else if (startsRun(c)) {
        run();
      } else if (Character.isLetter(c)) {
        word();
      } else {
        boolean stop = (c == '.' || c == '!' || c == '?') && isSentenceEnd();
        add(stop ? Kind.STOP : c == ',' || c == ';' ? Kind.COMMA : null, at, at + 1);
      }
    }
  }

  private void add(@Nullable Kind kind, int from, int to) {
    if (kind != null) {
      pieces.add(new Piece(kind, from, to));
    }
    at = to;
  }

  private boolean isSentenceEnd() {
    return at + 1 >= end || Character.isWhitespace(text.charAt(at + 1));
  }

  private static boolean isName(String formula) {
    return formula.matches("\\W*[A-Za-z]\\W*");
  }

  private boolean startsRun(char c) {
    if (Character.isLetter(c)) {
      String word = word(at);
      return word.length() == 1 && (isBesideSign(at + 1) || isBeforeMinus())
          || FUNCTIONS.contains(word);
    }
    return Character.isDigit(c)
        || isSmall(c)
        || c == '\\'
        || SIGNS.indexOf(c) >= 0
        || c == '.' && at + 1 < end && Character.isDigit(text.charAt(at + 1));
  }

  /** Whether a sign that makes a formula of a letter stands here, perhaps behind spaces. */
  private boolean isBesideSign(int from) {
    int next = from;
    while (next < end && text.charAt(next) == ' ') {
      next++;
    }
    return next < end && "=<>≤≥≈≠^_+*/×·∈".indexOf(text.charAt(next)) >= 0
        || from < end
            && text.charAt(from) == '('
            && from + 2 < end
            && (text.charAt(from + 2) == ')' || "OΘΩ".indexOf(text.charAt(from - 1)) >= 0);
  }

  /** {@code x-3}, {@code x - 3}; a dash may stand behind a letter, too. */
  private boolean isBeforeMinus() {
    int space = at + 1 < end && text.charAt(at + 1) == ' ' ? 1 : 0;
    int sign = at + 1 + space;
    return sign + 1 + space < end
        && "-−".indexOf(text.charAt(sign)) >= 0
        && (space == 0 || text.charAt(sign + 1) == ' ')
        && Character.isDigit(text.charAt(sign + 1 + space));
  }

  private String word(int from) {
    int to = from;
    while (to < end && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  private void word() {
    int to = at;
    while (to < end
        && (Character.isLetterOrDigit(text.charAt(to))
            || "'’-".indexOf(text.charAt(to)) >= 0
                && to + 1 < end
                && Character.isLetter(text.charAt(to + 1)))) {
      to++;
    }
    add(Kind.WORD, at, to);
  }

  /** A run outside of delimiters, without the punctuation and spaces at its ends. */
  private void run() {
    int from = at;
    int to = from;
    int depth = 0;
    boolean more = true;
    while (more && at < end) {
      char c = text.charAt(at);
      if (c == '\\') {
        more = command();
      } else if (c == '{') {
        braces();
      } else if (c == '$' && at > from && formulaEnd(at) >= 0) {
        more = false;
      } else if (Character.isDigit(c) || isSmall(c) || SIGNS.indexOf(c) >= 0 || isColon()) {
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        at++;
      } else if (DIGIT_GROUPS.indexOf(c) >= 0) {
        more = isBetweenDigits() || c == ',' && depth > 0;
        at += more ? 1 : 0;
      } else if (Character.isLetter(c)) {
        more = letters(from);
      } else if (c == ' ') {
        at++;
        continue;
      } else {
        more = false;
      }
      to = more ? at : to;
    }
    at = Math.max(to, from + 1);
    classify(from, at);
  }

  /** A vulgar fraction, or what is raised or lowered. */
  private static boolean isSmall(char c) {
    return Character.getType(c) == Character.OTHER_NUMBER || c == '⁻' || c == '⁺';
  }

  /** A colon between the numbers of a ratio or a time, without spaces or with one on each side. */
  private boolean isColon() {
    if (text.charAt(at) != ':' || at == 0) {
      return false;
    }
    boolean spaced = text.charAt(at - 1) == ' ';
    int before = spaced ? at - 2 : at - 1;
    int behind = spaced ? at + 2 : at + 1;
    return before >= 0
        && behind < end
        && Character.isDigit(text.charAt(before))
        && Character.isDigit(text.charAt(behind))
        && (!spaced || text.charAt(at + 1) == ' ');
  }

  private boolean isBetweenDigits() {
    return at + 1 < end
        && Character.isDigit(text.charAt(at + 1))
        && (text.charAt(at) == '.' || at > 0 && Character.isDigit(text.charAt(at - 1)));
  }

  /** Letters within a run: a symbol, a function; a word ends the run. */
  private boolean letters(int from) {
    String word = word(at);
    boolean close = at > from && text.charAt(at - 1) != ' ';
    boolean times = word.equals("x") && text.startsWith(" 10^", at + 1);
    boolean symbol =
        word.length() == 1
            && (times
                || at + 1 < end && text.charAt(at + 1) == ')'
                || close
                || isBesideSign(at + 1)
                || at > from && isSignBefore())
            && !(at + 1 < end && "'’".indexOf(text.charAt(at + 1)) >= 0 && !close);
    boolean pair = close && word.length() <= 3 && !SHORT_WORDS.contains(word);
    if (symbol || pair || FUNCTIONS.contains(word)) {
      at += word.length();
      return true;
    }
    return false;
  }

  private boolean isSignBefore() {
    int before = at - 1;
    while (before > 0 && text.charAt(before) == ' ') {
      before--;
    }
    return "=<>≤≥≈≠^_+-−*/×·∈(".indexOf(text.charAt(before)) >= 0;
  }

  /** A command with its arguments; the delimiter of another formula ends the run. */
  private boolean command() {
    if (formulaEnd(at) >= 0 && !text.startsWith("\\begin", at)) {
      return false;
    }
    int environment = formulaEnd(at);
    if (environment >= 0) {
      at = environment;
      return true;
    }
    at++;
    String name = word(at);
    at = Math.min(end, at + Math.max(1, name.length()));
    while (!name.isEmpty() && at < end && text.charAt(at) == '{') {
      braces();
    }
    return true;
  }

  /** What stands in braces, prose included; a single brace when they do not close. */
  private void braces() {
    int depth = 0;
    for (int i = at; i < end && bracesClose; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        at = i + 1;
        return;
      }
    }
    bracesClose = false;
    at++;
  }

  /** Adds a run: without signs that cannot begin or end a formula, as what it is. */
  private void classify(int from, int to) {
    int begin = from;
    int stop = to;
    while (stop > begin && ("=<>+*×·÷/&$ ,-−–^_".indexOf(text.charAt(stop - 1)) >= 0)) {
      stop--;
    }
    while (begin < stop
        && ("=+*×·÷/&' ,".indexOf(text.charAt(begin)) >= 0
            || text.charAt(begin) == '$' && !Character.isDigit(text.charAt(begin + 1)))) {
      begin++;
    }
    int open = unclosed(begin, stop);
    while (open < 0 && stop > begin && ")]}".indexOf(text.charAt(stop - 1)) >= 0) {
      stop--;
      open++;
    }
    while (open > 0 && begin < stop && "([{".indexOf(text.charAt(begin)) >= 0) {
      begin++;
      open--;
    }
    if (open > 0) {
      stop = beforeAside(begin, stop);
    }
    String run = text.substring(begin, stop);
    if (run.chars().noneMatch(c -> Character.isLetterOrDigit(c) || isSmall((char) c) || c == '∞')) {
      return;
    }
    boolean plain = run.matches("[-+−–$€£\\\\]*+[\\d.,/ ]++(?:\\\\?%|°)?+");
    pieces.add(new Piece(plain ? Kind.NUMBER : Kind.FORMULA, begin, stop));
  }

  /** Where a formula ends before a bracket that words go on in: {@code 8 (see step 7)}. */
  private int beforeAside(int from, int to) {
    int bracket = to - 1;
    while (bracket > from && text.charAt(bracket) != '(') {
      bracket--;
    }
    int stop = bracket;
    while (stop > from && text.charAt(stop - 1) == ' ') {
      stop--;
    }
    return bracket > from && stop < bracket ? stop : to;
  }

  /** How many brackets are not closed; negative when more close than open. */
  private int unclosed(int from, int to) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }
    return depth;
  }
}
