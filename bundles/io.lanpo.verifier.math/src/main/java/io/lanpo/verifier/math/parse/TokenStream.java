package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Tokens with a place in them, and the depth of what is being read. */
final class TokenStream {
  private static final Token END = new Token(Kind.SIGN, "", true);

  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = new ArrayList<>(tokens);
  }

  Token peek() {
    return peek(0);
  }

  /** A token further on; an empty sign beyond the last. */
  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  Token take() {
    Token token = peek();
    at++;
    return token;
  }

  /** Takes a sign if it is there. */
  boolean take(String sign) {
    if (peek().is(sign)) {
      at++;
      return true;
    }
    return false;
  }

  /** Takes a sign that must be there. */
  void need(String sign) {
    if (!take(sign)) {
      throw unreadable("'" + sign + "' is missing");
    }
  }

  private static boolean isSeveralDigits(String number) {
    return number.length() > 1 && number.chars().allMatch(Character::isDigit);
  }

  /** TeX takes a single digit where an argument has no braces: the rest of the number stays. */
  Token takeDigit() {
    Token token = take();
    if (token.kind() == Kind.NUMBER && isSeveralDigits(token.text())) {
      at--;
      tokens.set(at, new Token(Kind.NUMBER, token.text().substring(1), false));
      return new Token(Kind.NUMBER, token.text().substring(0, 1), token.spaced());
    }
    return token;
  }

  /** Whether what follows names a modulus: {@code \\pmod{17}}, {@code (mod 17)}. */
  boolean isModulus() {
    return isModulus(peek()) || peek().is("(") && isModulus(peek(1));
  }

  static boolean isModulus(Token token) {
    return token.isCommand("pmod")
        || token.isCommand("bmod")
        || token.isCommand("mod")
        || token.isWord("mod");
  }

  /** Whether a rounding in brackets, {@code (≈ 0.58)}, begins here. */
  boolean isRounding() {
    return peek().is("(")
        && (peek(1).is("≈") || peek(1).isWord("about") || peek(1).isWord("approximately"));
  }

  /** Whether a command stands between two terms. */
  static boolean isInfix(Token token) {
    return isModulus(token) || token.isCommand("choose") || token.isCommand("over");
  }

  /** Whether a bracket of two numbers opens here. */
  boolean isPairOfNumbers() {
    return peek(1).kind() == Kind.NUMBER
        && peek(2).is(",")
        && peek(3).kind() == Kind.NUMBER
        && peek(4).is(")");
  }

  /** Whether a bracket that has a comma directly inside opens here. */
  boolean isSeveral() {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
      if (depth == 0 || depth == 1 && token.is(",")) {
        return depth == 1;
      }
    }
    return false;
  }

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  /** Goes one level down; refuses to go too deep. */
  void enter() {
    if (++depth > Budget.DEEPEST) {
      throw new Refusal.BeyondLimits("nested deeper than " + Budget.DEEPEST);
    }
  }

  void leave() {
    depth--;
  }

  Refusal.Unreadable unreadable(String what) {
    Token token = peek();
    String where = atEnd() ? "at the end" : "at '" + token.text() + "'";
    return new Refusal.Unreadable(what + " " + where);
  }

  /** Whether a quotient of units begins here. */
  boolean isQuotientOfWords() {
    return peek().isCommand("frac") && peek(1).is("{") && peek(2).kind() == Kind.WORD;
  }

  /** Whether one of the commands that stand between terms comes before the brace that closes. */
  boolean hasInfix() {
    int depth = 0;
    for (int i = at; i < tokens.size() && depth >= 0; i++) {
      Token token = tokens.get(i);
      if (depth == 0 && (token.isCommand("choose") || token.isCommand("over"))) {
        return true;
      }
      depth += isOpening(token) ? 1 : isClosing(token) ? -1 : 0;
    }
    return false;
  }

  /** Takes what stands before a sign outside of brackets, and gives it as text; empty when none. */
  String textBefore(String sign) {
    int depth = 0;
    StringBuilder text = new StringBuilder();
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (depth == 0 && token.is(sign)) {
        at = i;
        return text.toString();
      }
      depth += isOpening(token) ? 1 : isClosing(token) ? -1 : 0;
      if (depth < 0 || depth == 0 && (token.is(",") || token.isJoin())) {
        return "";
      }
      text.append(text.isEmpty() ? "" : " ").append(token.text());
    }
    return "";
  }

  /** Whether an item of a list or within brackets may end here. */
  boolean isItemEnd() {
    return atEnd() || isClosing(peek()) || peek().is(",") || peek().is(";") || peek().isJoin();
  }

  private static boolean isOpening(Token token) {
    return token.is("(") || token.is("{") || token.is("[") || token.is("\\{");
  }

  private static boolean isClosing(Token token) {
    return token.is(")") || token.is("}") || token.is("]") || token.is("\\}");
  }

  /** A power as text, perhaps with a sign that is not in braces. */
  String index(boolean signed) {
    return signed && take("-") ? "-" + index() : index();
  }

  /** An index as text: {@code 1}, {@code n+1}. */
  String index() {
    if (!peek().is("{")) {
      return take().text();
    }
    StringBuilder index = new StringBuilder();
    take();
    while (!peek().is("}")) {
      if (atEnd()) {
        throw unreadable("an index does not end");
      }
      index.append(take().text());
    }
    take();
    return index.toString();
  }
}
