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

  /** TeX takes a single digit where an argument has no braces: the rest of the number stays. */
  Token takeDigit() {
    Token token = take();
    if (token.kind() == Kind.NUMBER && token.text().matches("\\d{2,}")) {
      at--;
      tokens.set(at, new Token(Kind.NUMBER, token.text().substring(1), false));
      return new Token(Kind.NUMBER, token.text().substring(0, 1), token.spaced());
    }
    return token;
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
