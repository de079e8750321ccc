package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Degrees;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Percent;
import io.lanpo.verifier.math.tree.Expr.PlusMinus;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads sums, products, powers and what they are made of, by recursive descent of bounded depth.
 *
 * <p>Conventions where notation is loose: {@code a/bc} is {@code (a/b)c}; <code>2\frac12</code> is
 * two and a half; {@code x^10} and <code>\sqrt10</code> take the whole number though TeX would take
 * one digit; <code>\frac12</code> takes a digit each.
 */
final class TermParser implements Grammar {
  private final TokenStream in;
  private final CommandParser commands;
  private final BracketParser brackets;
  private final NameParser names;

  /**
   * @param item reads what may stand between brackets
   */
  TermParser(TokenStream in, Supplier<Expr> item) {
    this.in = in;
    this.commands = new CommandParser(in, this, item);
    this.brackets = new BracketParser(in, this, item);
    this.names = new NameParser(in, this);
  }

  @Override
  public Expr sum() {
    in.enter();
    try {
      List<Expr> terms = new ArrayList<>();
      terms.add(signed());
      while (isSumSign(in.peek())) {
        if (in.peek().is("+") && Series.isDots(in.peek(1))) {
          in.take();
          in.take();
          in.need("+");
          return Series.sum(terms, signed());
        }
        terms.add(signed());
      }
      return terms.size() == 1 ? terms.get(0) : new Sum(List.copyOf(terms));
    } finally {
      in.leave();
    }
  }

  private static boolean isSumSign(Token token) {
    return token.is("+") || token.is("-") || token.is("±") || token.is("∓");
  }

  /** A term with all the signs before it; a loop, so that a million of them need no stack. */
  private Expr signed() {
    boolean negative = false;
    String plusMinus = "";
    while (isSumSign(in.peek())) {
      String sign = in.take().text();
      if (sign.equals("±") || sign.equals("∓")) {
        plusMinus = sign;
      } else {
        negative ^= sign.equals("-");
      }
    }
    Expr term = product();
    if (!plusMinus.isEmpty()) {
      term = new PlusMinus(term, plusMinus.equals("∓"));
    }
    return negative ? new Negative(term) : term;
  }

  @Override
  public Expr product() {
    Expr left = factor();
    Token before = in.peek();
    while (true) {
      Token token = in.peek();
      if (token.is("*")) {
        in.take();
        left = Product.of(left, operand());
      } else if (token.is("/")) {
        in.take();
        left = new Quotient(left, operand());
      } else if (left instanceof Call && token.kind() == Kind.NUMBER && in.peek(1).is("!")
          || !(left instanceof Num) && token.kind() == Kind.NUMBER && isClose(in.peek(-1))) {
        left = Product.of(left, factor());
      } else if (!(left instanceof Group)
          && !(left instanceof SetOf)
          && !in.isModulus()
          && !in.isQuotientOfWords()
          && !in.isRounding()
          && startsFactor(token)) {
        Expr right = factor();
        left = isMixed(left, right, before) ? mixed(left, right) : Product.of(left, right);
      } else {
        return left;
      }
      before = in.peek();
    }
  }

  private static boolean isClose(Token token) {
    return token.is(")") || token.is("}");
  }

  /** A factor behind a sign of its own, as in {@code 2*-3}. */
  private Expr operand() {
    boolean negative = false;
    while (in.peek().is("-") || in.peek().is("+")) {
      negative ^= in.take().is("-");
    }
    Expr factor = factor();
    return negative ? new Negative(factor) : factor;
  }

  /** A whole number right before a fraction of whole numbers. */
  private static boolean isMixed(Expr left, Expr right, Token before) {
    return left instanceof Num whole
        && whole.value().isWhole()
        && whole.decimals() < 0
        && before.isCommand("frac")
        && (right instanceof Percent percent ? percent.of() : right) instanceof Quotient q
        && q.above() instanceof Num a
        && q.below() instanceof Num b
        && a.value().isWhole()
        && b.value().isWhole();
  }

  private static Expr mixed(Expr whole, Expr fraction) {
    return fraction instanceof Percent percent
        ? new Percent(new Sum(List.of(whole, percent.of())))
        : new Sum(List.of(whole, fraction));
  }

  @Override
  public boolean startsFactor(Token token) {
    return switch (token.kind()) {
      case NAME -> true;
      case COMMAND -> !token.text().startsWith("end ") && !TokenStream.isInfix(token);
      case SIGN -> brackets.opens(token.text());
      case NUMBER, WORD -> false;
    };
  }

  @Override
  public Expr factor() {
    in.enter();
    try {
      Expr base = postfix(primary());
      while (in.peek().is("^")) {
        in.take();
        base = isDegree() ? new Degrees(base) : raised(base);
      }
      return base;
    } finally {
      in.leave();
    }
  }

  /** A power, a prime, a transposed row or, with an index behind, the power of that. */
  private Expr raised(Expr base) {
    Optional<Expr> primed = base instanceof Sym name ? names.withPrimes(name) : Optional.empty();
    if (primed.isPresent()) {
      return primed.get();
    }
    Expr exponent = exponent();
    if (base instanceof Sym name && names.isInverse(name, exponent)) {
      return names.applied(name.name() + "^-1");
    }
    if (exponent instanceof Sym t && (t.name().equals("T") || t.name().equals("top"))) {
      List<Expr> row =
          base instanceof Group g
              ? g.items()
              : base instanceof Matrix m && m.rows().size() == 1 ? m.rows().get(0) : List.of();
      if (!row.isEmpty()) {
        return new Matrix(row.stream().map(List::of).toList());
      }
    }
    if (base instanceof Sym name && in.peek().is("_")) {
      in.take();
      base = names.indexed(name, in.index());
    }
    return postfix(NameParser.combinations(base, exponent));
  }

  private boolean isDegree() {
    if (in.peek().isCommand("circ") || in.peek().is("°")) {
      in.take();
      return true;
    }
    if (in.peek().is("{")
        && (in.peek(1).isCommand("circ") || in.peek(1).is("°"))
        && in.peek(2).is("}")) {
      in.take();
      in.take();
      in.take();
      return true;
    }
    return false;
  }

  @Override
  public Expr exponent() {
    boolean negative = false;
    while (in.peek().is("-") || in.peek().is("+")) {
      negative ^= in.take().is("-");
    }
    Expr exponent = in.peek().is("{") ? braces() : primary();
    if (in.peek().is("^")) {
      in.enter();
      in.take();
      exponent = new Power(exponent, exponent());
      in.leave();
    }
    return negative ? new Negative(exponent) : exponent;
  }

  private Expr postfix(Expr base) {
    Expr read = base;
    while (true) {
      if (in.take("!")) {
        read = new Call("factorial", List.of(read));
      } else if (in.take("%")) {
        read = new Percent(read);
      } else if (in.take("°")) {
        read = new Degrees(read);
      } else if (read instanceof Sym name && in.peek().is("'")) {
        read = names.read(name.name());
      } else if (in.peek().is("_")) {
        in.take();
        read = names.indexed(read, in.index());
      } else {
        return read;
      }
    }
  }

  @Override
  public Expr argument() {
    if (in.peek().is("{")) {
      return braces();
    }
    if (in.peek().kind() == Kind.NUMBER) {
      return Numbers.number(in.takeDigit().text());
    }
    boolean negative = in.take("-");
    Expr argument = primary();
    return negative ? new Negative(argument) : argument;
  }

  @Override
  public Expr braces() {
    return brackets.braces();
  }

  @Override
  public Expr primary() {
    in.enter();
    Expr primary = unguarded();
    in.leave();
    return primary;
  }

  private Expr unguarded() {
    Token token = in.peek();
    return switch (token.kind()) {
      case NUMBER -> {
        in.take();
        yield Numbers.repeating(token.text(), in);
      }
      case NAME -> name(in.take().text());
      case WORD -> words();
      case COMMAND -> commands.read(in.take().text());
      case SIGN -> sign();
    };
  }

  private Expr words() {
    StringBuilder words = new StringBuilder(in.take().text());
    while (in.peek().kind() == Kind.WORD && !in.peek().isJoin()) {
      words.append(' ').append(in.take().text());
    }
    return new Text(words.toString());
  }

  private Expr name(String name) {
    return switch (name) {
      case "pi" -> Const.PI;
      case "e" -> Const.E;
      case "i" -> Const.I;
      case "emptyset" -> new SetOf(List.of());
      default -> names.read(name);
    };
  }

  private Expr sign() {
    if (in.take("\\$")) {
      return new Quantity(factor(), "dollar");
    }
    boolean braces = in.peek().is("{");
    Expr read = brackets.read();
    return braces && read instanceof Sym name ? names.applied(name.name()) : read;
  }

  @Override
  public Expr degree() {
    return brackets.degree();
  }
}
