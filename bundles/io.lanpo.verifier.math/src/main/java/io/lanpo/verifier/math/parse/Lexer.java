package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer, in TeX or plain notation, into tokens. Spelling that carries no meaning (spaces,
 * sizes of brackets, dollar signs, invisible characters) is gone afterwards, and every way to write
 * a sign is one sign.
 */
public final class Lexer {
  private final String text;
  private final boolean thousands;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int brackets;
  private boolean spaced;

  /** Whether lines of equations are being read, whose alignment means nothing. */
  private boolean inLines;

  private Lexer(String text, boolean thousands) {
    this.text = text;
    this.thousands = thousands;
  }

  /**
   * The tokens of an answer.
   *
   * @param thousands whether a comma before three digits, outside brackets, may separate thousands
   * @throws Refusal when it is too long
   */
  public static List<Token> tokens(String answer, boolean thousands) {
    if (answer.length() > Budget.LONGEST) {
      throw new Refusal.BeyondLimits(
          "%d characters, more than the %d that are read as a formula"
              .formatted(answer.length(), Budget.LONGEST));
    }
    Lexer lexer = new Lexer(Characters.plain(answer), thousands);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      if (tokens.size() > Budget.TOKENS) {
        throw new Refusal.BeyondLimits("more than " + Budget.TOKENS + " signs");
      }
      next();
    }
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '~' || c == '€' || c == '£') {
      at++;
      spaced = true;
    } else if (c == '\\') {
      command();
    } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
      number();
    } else if (Character.isLetter(c)) {
      letters();
    } else {
      sign();
    }
  }

  private void add(Kind kind, String value) {
    tokens.add(new Token(kind, value, spaced));
    spaced = false;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void number() {
    StringBuilder digits = new StringBuilder();
    takeDigits(digits);
    char separator = peek(0);
    boolean grouped =
        thousands
            && brackets == 0
            && (separator == ',' || separator == ' ')
            && digits.length() > 0
            && digits.length() <= 3
            && digits.charAt(0) != '0';
    while (grouped && peek(0) == separator && isGroup(separator)) {
      at++;
      takeDigits(digits);
    }
    if (peek(0) == '.' && (isDigit(peek(1)) || text.startsWith("\\overline", at + 1))) {
      digits.append('.');
      at++;
      takeDigits(digits);
    }
    int sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
      digits.append(text, at, at + 1 + sign);
      at += 1 + sign;
      takeDigits(digits);
    }
    add(Kind.NUMBER, digits.toString());
  }

  /**
   * Whether exactly three digits follow; behind a space no quotient of them, as in {@code 2 100/3}.
   */
  private boolean isGroup(char separator) {
    return isDigit(peek(1))
        && isDigit(peek(2))
        && isDigit(peek(3))
        && !isDigit(peek(4))
        && !(separator == ' ' && peek(4) == '/');
  }

  private void takeDigits(StringBuilder digits) {
    while (isDigit(peek(0))) {
      digits.append(text.charAt(at++));
    }
  }

  private String takeLetters() {
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A run of letters outside running text: a word, a function, or symbols side by side. */
  private void letters() {
    String run = takeLetters();
    if (isHalfOfDay(run)) {
      halfOfDay(run);
    } else if (run.length() == 1) {
      add(Kind.NAME, Notation.name(run));
    } else if (!Notation.function(run).isEmpty()) {
      function(run);
    } else if (Notation.isName(run)) {
      name(Notation.name(run));
    } else if (run.length() >= 4 || Notation.isShortWord(run)) {
      add(Kind.WORD, run);
    } else {
      run.chars().forEach(c -> add(Kind.NAME, Notation.name(Character.toString(c))));
    }
  }

  /** A function, or a unit of the same name where nothing follows that it could be of. */
  private void function(String word) {
    boolean unit = Notation.UNITS.contains(word) && !tokens.isEmpty() && !isArgumentNext();
    add(unit ? Kind.WORD : Kind.COMMAND, unit ? word : Notation.function(word));
  }

  private boolean isArgumentNext() {
    int next = at;
    while (next < text.length() && " }".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next < text.length()
        && (text.charAt(next) == '('
            || text.charAt(next) == '{'
            || text.startsWith("\\{", next)
            || text.startsWith("\\left", next)
            || text.charAt(next) == '\\'
                && next + 1 < text.length()
                && Character.isLetter(text.charAt(next + 1))
                && tokens.get(tokens.size() - 1).kind() != Kind.NUMBER);
  }

  /** The beginning of {@code p.m.} or {@code a.m.}. */
  private boolean isHalfOfDay(String letters) {
    return (letters.equalsIgnoreCase("p") || letters.equalsIgnoreCase("a"))
        && peek(0) == '.'
        && (peek(1) == 'm' || peek(1) == 'M');
  }

  private void halfOfDay(String letter) {
    at += peek(2) == '.' ? 3 : 2;
    add(Kind.WORD, letter + "m");
  }

  private void name(String name) {
    add(name.equals("infty") ? Kind.COMMAND : Kind.NAME, name);
  }

  private void sign() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    String written = Character.toString(c);
    char next = peek(0);
    boolean factorial = c == '!' && !spaced && !tokens.isEmpty();
    if (next == '=' && (c == '<' || c == '>' || c == '!' && !factorial)) {
      at++;
      add(Kind.SIGN, written + "=");
      return;
    }
    if (c == '+' && next == '-') {
      at++;
      written = "±";
    } else if (c == '√') {
      add(Kind.COMMAND, "sqrt");
      return;
    } else if (c == '∞') {
      add(Kind.COMMAND, "infty");
      return;
    } else if (Notation.isName(written)) {
      add(Kind.NAME, Notation.name(written));
      return;
    }
    if (!(inLines && c == '&')) {
      bracket(Notation.sign(written));
    }
  }

  private void bracket(String sign) {
    if (sign.equals("(") || sign.equals("[") || sign.equals("\\{") || sign.equals("{")) {
      brackets++;
    } else if (sign.equals(")") || sign.equals("]") || sign.equals("\\}") || sign.equals("}")) {
      brackets--;
    }
    add(Kind.SIGN, sign);
  }

  private void command() {
    at++;
    if (at >= text.length()) {
      return;
    }
    if (!Character.isLetter(text.charAt(at))) {
      String one = text.substring(at, at + 1);
      at++;
      switch (one) {
        case "{", "}" -> bracket("\\" + one);
        case "\\" -> add(Kind.SIGN, inLines ? "," : "\\\\");
        case "%" -> add(Kind.SIGN, "%");
        case "|" -> add(Kind.SIGN, "|");
        case "$" -> add(Kind.SIGN, "\\$");
        case "(", ")", "[", "]", ",", ";", ":", "!", ">" -> spaced = true;
        default -> spaced = true;
      }
      return;
    }
    String name = takeLetters();
    if (Notation.TEXT.contains(name)) {
      runningText(Notation.FONTS.contains(name));
    } else if (name.equals("begin") || name.equals("end")) {
      environment(name);
    } else if (name.equals("mathbb") || name.equals("mathds")) {
      skipSpaces();
      String set = peek(0) == '{' ? braced() : takeOne();
      add(
          Kind.NAME,
          set.length() == 1 && "RZQCN".contains(set)
              ? "bb" + set
              // an expectation or a probability
              : set.equals("E") || set.equals("P") ? set : "bb " + set);
    } else if (Notation.WITH_ARGUMENT.contains(name)) {
      braced();
      spaced = true;
    } else if (Notation.DECORATION.contains(name)) {
      if (peek(0) == '.' && (name.equals("left") || name.equals("right"))) {
        at++;
      }
      spaced = true;
    } else if (Notation.FRACTIONS.contains(name)) {
      add(Kind.COMMAND, "frac");
    } else if (Notation.BINOMIALS.contains(name)) {
      add(Kind.COMMAND, "binom");
    } else if (Notation.FOREIGN.contains(name)) {
      add(Kind.COMMAND, name);
    } else if (Notation.isSign(name)) {
      bracket(Notation.sign(name));
    } else if (!Notation.function(name).isEmpty()) {
      add(Kind.COMMAND, Notation.function(name));
    } else if (Notation.COMMANDS.contains(name)) {
      add(Kind.COMMAND, name);
    } else {
      name(Notation.name(name));
    }
  }

  /**
   * An environment; one that only sets equations in lines, with no cells that mean something, is a
   * list of them.
   */
  private void environment(String command) {
    String kind = braced();
    if (kind.equals("array") && command.equals("begin")) {
      braced();
    }
    int end = text.indexOf("\\end{" + kind, at);
    String content = text.substring(at, end < 0 ? text.length() : end);
    boolean cells = content.contains("&") && !Notation.LINES.contains(kind);
    boolean lines =
        Notation.LINES.contains(kind)
            || (kind.equals("cases") || kind.equals("array") || kind.equals("dcases"))
                && !cells
                && content.contains("=");
    if (command.equals("begin") && lines) {
      inLines = true;
    } else if (command.equals("end") && inLines) {
      inLines = false;
    } else {
      add(Kind.COMMAND, command + " " + kind);
    }
  }

  private String takeOne() {
    return at < text.length() ? text.substring(at, ++at) : "";
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  /** The content of the braces that follow, without nesting; empty when there are none. */
  private String braced() {
    skipSpaces();
    int end = text.indexOf('}', at);
    if (peek(0) != '{' || end < 0) {
      return "";
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content.strip();
  }

  /**
   * Running text: letters are words, everything else is read as anywhere.
   *
   * @param upright whether a constant may be set so
   */
  private void runningText(boolean upright) {
    skipSpaces();
    if (peek(0) != '{') {
      return;
    }
    at++;
    int depth = 1;
    while (at < text.length() && depth > 0) {
      char c = text.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '{' || c == '}') {
        at++;
      } else if (Character.isLetter(c)) {
        String word = takeLetters();
        boolean alone = depth == 1 && peek(0) == '}';
        if (!Notation.function(word).isEmpty() && word.length() == 3 && alone) {
          function(word);
        } else if (upright && alone && (Notation.UPRIGHT.contains(word) || isDifferential(word))) {
          add(Kind.NAME, word);
        } else if (isHalfOfDay(word)) {
          halfOfDay(word);
        } else {
          add(Kind.WORD, word);
        }
      } else {
        next();
      }
    }
    spaced = true;
  }

  /** One spelling of an answer: its tokens side by side. */
  public static String spelling(List<Token> tokens) {
    StringBuilder out = new StringBuilder();
    for (Token token : tokens) {
      boolean letters =
          token.kind() == Kind.WORD || token.kind() == Kind.COMMAND || token.kind() == Kind.NUMBER;
      out.append(letters && !out.isEmpty() ? " " : "").append(token.text());
    }
    return out.toString();
  }

  /** Whether an upright d is one of {@code dy/dx} and no unit. */
  private boolean isDifferential(String word) {
    return word.equals("d")
        && (Character.isLetter(peek(1)) || text.startsWith("}}{\\mathrm{d}", at));
  }
}
