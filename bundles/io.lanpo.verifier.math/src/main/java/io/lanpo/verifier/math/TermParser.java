package io.lanpo.verifier.math;

import io.lanpo.verifier.math.Expr.Call;
import io.lanpo.verifier.math.Expr.Const;
import io.lanpo.verifier.math.Expr.Degrees;
import io.lanpo.verifier.math.Expr.Group;
import io.lanpo.verifier.math.Expr.InBase;
import io.lanpo.verifier.math.Expr.Negative;
import io.lanpo.verifier.math.Expr.Num;
import io.lanpo.verifier.math.Expr.Percent;
import io.lanpo.verifier.math.Expr.PlusMinus;
import io.lanpo.verifier.math.Expr.Power;
import io.lanpo.verifier.math.Expr.Product;
import io.lanpo.verifier.math.Expr.Quantity;
import io.lanpo.verifier.math.Expr.Quotient;
import io.lanpo.verifier.math.Expr.SetOf;
import io.lanpo.verifier.math.Expr.Sum;
import io.lanpo.verifier.math.Expr.Sym;
import io.lanpo.verifier.math.Expr.Text;
import io.lanpo.verifier.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads sums, products, powers and what they are made of, by recursive descent of bounded depth.
 *
 * <p>Conventions where notation is loose: {@code a/bc} is {@code (a/b)c}; <code>2\frac12</code> is
 * two and a half; {@code x^10} and <code>\sqrt10</code> take the whole number though TeX would take
 * one digit; <code>\frac12</code> takes a digit each.
 *
 * <p>Longer than other classes: every rule of the grammar is a method that calls the others.
 */
final class TermParser {
  private final TokenStream in;
  private final Function<TermParser, Expr> item;

  /** Whether a bar closes an absolute value, and a bracket a reversed interval, here. */
  private boolean inBars;

  private boolean reversed;

  private final CommandParser commands;

  /**
   * @param item reads what may stand between brackets
   */
  TermParser(TokenStream in, Function<TermParser, Expr> item) {
    this.in = in;
    this.item = item;
    this.commands = new CommandParser(in, this);
  }

  /** A sum with its signs. */
  Expr sum() {
    in.enter();
    try {
      List<Expr> terms = new ArrayList<>();
      terms.add(signed());
      while (isSumSign(in.peek())) {
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

  private Expr product() {
    Expr left = factor();
    Token before = in.peek();
    while (true) {
      Token token = in.peek();
      if (token.is("*")) {
        in.take();
        left = times(left, operand());
      } else if (token.is("/")) {
        in.take();
        left = new Quotient(left, operand());
      } else if (left instanceof Call && token.kind() == Kind.NUMBER && in.peek(1).is("!")
          || !(left instanceof Num) && token.kind() == Kind.NUMBER && isClose(in.peek(-1))) {
        left = times(left, factor());
      } else if (!(left instanceof Group) && !(left instanceof SetOf) && startsFactor(token)) {
        Expr right = factor();
        left = isMixed(left, right, before) ? mixed(left, right) : times(left, right);
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

  static Expr times(Expr left, Expr right) {
    if (left instanceof Num && right instanceof Num) {
      return new Product(List.of(left, right));
    }
    List<Expr> factors = new ArrayList<>();
    if (left instanceof Product product) {
      factors.addAll(product.factors());
    } else {
      factors.add(left);
    }
    factors.add(right);
    return new Product(List.copyOf(factors));
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

  boolean startsFactor(Token token) {
    return switch (token.kind()) {
      case NAME -> true;
      case COMMAND -> !token.text().startsWith("end ");
      case SIGN ->
          switch (token.text()) {
            case "(", "{", "⌊", "⌈", "\\{" -> true;
            case "[" -> !reversed;
            case "|" -> !inBars;
            default -> false;
          };
      case NUMBER, WORD -> false;
    };
  }

  Expr factor() {
    in.enter();
    try {
      Expr base = postfix(primary());
      while (in.peek().is("^")) {
        in.take();
        base = isDegree() ? new Degrees(base) : postfix(new Power(base, exponent()));
      }
      return base;
    } finally {
      in.leave();
    }
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

  /** An exponent; a power without brackets goes to the right: {@code 2^3^2} is {@code 2^9}. */
  Expr exponent() {
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
      } else if (read instanceof Sym name && in.take("'")) {
        read = new Sym(name.name() + "'");
      } else if (in.peek().is("_")) {
        in.take();
        read = indexed(read, in.index());
      } else {
        return read;
      }
    }
  }

  private Expr indexed(Expr read, String index) {
    if (read instanceof Sym name) {
      return new Sym(name.name() + "_" + index);
    }
    if (read instanceof Num number && number.value().isWhole() && index.matches("\\d{1,3}")) {
      return new InBase(number.value().toString(), index);
    }
    throw in.unreadable("an index on something that is no name");
  }

  /** What stands in braces, or the single sign that TeX takes without them. */
  Expr argument() {
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

  Expr braces() {
    in.need("{");
    boolean bars = inBars;
    inBars = false;
    Expr content = sum();
    inBars = bars;
    in.need("}");
    return content;
  }

  Expr primary() {
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
      case SIGN -> sign(token);
    };
  }

  private Expr words() {
    StringBuilder words = new StringBuilder(in.take().text());
    while (in.peek().kind() == Kind.WORD && !AnswerParser.isJoin(in.peek())) {
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
      default -> isFunctionOfSymbol(name) ? function(name) : new Sym(name);
    };
  }

  /** {@code f(x)}: a letter that is used for functions before a single symbol in brackets. */
  private boolean isFunctionOfSymbol(String name) {
    return name.length() == 1
        && "fghpqFGHPQTuvy".contains(name)
        && in.peek().is("(")
        && (in.peek(1).kind() == Kind.NAME
            || in.peek(1).kind() == Kind.NUMBER && "fgFG".contains(name))
        && in.peek(2).is(")");
  }

  private Expr function(String name) {
    in.take();
    Expr argument = primary();
    in.need(")");
    return new Call(name, List.of(argument));
  }

  private Expr sign(Token token) {
    switch (token.text()) {
      case "(", "[", "⟨":
        in.take();
        return group(token.text(), List.of(")", "]", "⟩"));
      case "]":
        reversed = true;
        in.take();
        Expr group = group("]", List.of("["));
        reversed = false;
        return group;
      case "\\$":
        in.take();
        return new Quantity(factor(), "dollar");
      case "\\{":
        in.take();
        return set("\\}");
      case "{":
        in.take();
        return set("}");
      case "|":
        return bars();
      case "⌊":
        return enclosed("⌊", "⌋", "floor");
      case "⌈":
        return enclosed("⌈", "⌉", "ceil");
      default:
        throw in.unreadable("a number, symbol or bracket is missing");
    }
  }

  /** The degree of a root, which ends with a square bracket. */
  Expr degree() {
    reversed = true;
    Expr degree = sum();
    reversed = false;
    return degree;
  }

  private Expr bars() {
    in.take();
    boolean outer = inBars;
    inBars = true;
    Expr content = sum();
    inBars = outer;
    in.need("|");
    return new Call("abs", List.of(content));
  }

  private Expr enclosed(String open, String close, String function) {
    in.need(open);
    Expr content = sum();
    in.need(close);
    return new Call(function, List.of(content));
  }

  /** Items between brackets; one item in round or square brackets is that item. */
  private Expr group(String open, List<String> closes) {
    boolean bars = inBars;
    inBars = false;
    List<Expr> items = items(closes);
    inBars = bars;
    String close = in.take().text();
    if (items.size() == 1 && !open.equals("⟨") && !close.equals("⟩")) {
      return items.get(0);
    }
    return open.equals("]")
        ? new Group('(', ')', items)
        : new Group(open.charAt(0), close.charAt(0), items);
  }

  private List<Expr> items(List<String> closes) {
    in.enter();
    List<Expr> items = new ArrayList<>();
    while (in.peek().kind() != Kind.SIGN || !closes.contains(in.peek().text())) {
      items.add(item.apply(this));
      boolean closed = in.peek().kind() == Kind.SIGN && closes.contains(in.peek().text());
      if (!closed && !in.take(",") && !in.take(";")) {
        throw in.unreadable("a comma or closing bracket is missing");
      }
    }
    in.leave();
    return List.copyOf(items);
  }

  /** A set, or its description by a condition; TeX's own braces around one item mean nothing. */
  private Expr set(String close) {
    boolean bars = inBars;
    inBars = true;
    int mark = in.mark();
    if (close.equals("\\}") && in.take().kind() == Kind.NAME && (in.take("|") || in.take(":"))) {
      inBars = bars;
      Expr condition = item.apply(this);
      in.need(close);
      return condition;
    }
    in.reset(mark);
    inBars = false;
    List<Expr> items = items(List.of(close));
    inBars = bars;
    in.take();
    return close.equals("}") && items.size() == 1 ? items.get(0) : new SetOf(items);
  }
}
