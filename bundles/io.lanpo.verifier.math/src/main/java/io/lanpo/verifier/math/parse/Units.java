package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.parse.Token.Kind;

/** Reads the unit behind an amount: words with powers, quotients and products among them. */
final class Units {
  private final TokenStream in;
  private final StringBuilder unit = new StringBuilder();

  private Units(TokenStream in) {
    this.in = in;
  }

  /** The unit that stands here, as {@code km/h} or {@code kg m^2 s^-2}; empty when none does. */
  static String read(TokenStream in) {
    Units units = new Units(in);
    if (!units.quotient()) {
      units.words();
    }
    return units.unit.toString();
  }

  /** {@code \\frac{\\text{m}}{\\text{s}}}. */
  private boolean quotient() {
    if (!in.isQuotientOfWords()) {
      return false;
    }
    in.take();
    in.need("{");
    words();
    in.need("}");
    unit.append('/');
    in.need("{");
    words();
    in.need("}");
    return true;
  }

  private void words() {
    while (isPart()) {
      Token token = in.take();
      boolean word = token.kind() == Kind.WORD || token.kind() == Kind.NAME;
      if (token.is("^")) {
        unit.append('^').append(in.index(true));
      } else {
        unit.append(word && isWordAtEnd() ? " " : "").append(token.is("*") ? " " : token.text());
      }
    }
  }

  private boolean isWordAtEnd() {
    return !unit.isEmpty() && Character.isLetterOrDigit(unit.charAt(unit.length() - 1));
  }

  /** Words, and within a unit already begun powers, quotients and full stops. */
  private boolean isPart() {
    Token token = in.peek();
    if (token.kind() == Kind.WORD) {
      boolean ratio = token.isWord("to") && in.peek(1).kind() == Kind.NUMBER && unit.isEmpty();
      return !token.isJoin() && !token.isWord("approximately") && !ratio
          || unit.toString().endsWith("and");
    }
    if (unit.isEmpty()) {
      return false;
    }
    if (token.is("^")) {
      return in.peek(1).kind() == Kind.NUMBER
          || in.peek(1).is("-")
          || in.peek(1).is("{") && (in.peek(2).is("-") || in.peek(2).kind() == Kind.NUMBER);
    }
    if (token.is("/") || token.is("-") || token.is("*")) {
      return in.peek(1).kind() == Kind.WORD || in.peek(1).kind() == Kind.NAME && !token.is("*");
    }
    if (token.kind() == Kind.NAME) {
      return unit.charAt(unit.length() - 1) == '/';
    }
    return token.is(".");
  }
}
