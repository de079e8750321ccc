package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Degrees;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.InBase;
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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads sums, products, powers and what they are made of, by recursive descent of bounded depth.
 *
 * <p>Conventions where notation is loose: {@code a/bc} is {@code (a/b)c}; <code>2\frac12</code> is
 * two and a half; {@code x^10} and <code>\sqrt10</code> take the whole number though TeX would take
 * one digit; <code>\frac12</code> takes a digit each.
 */
final class TermParser implements Grammar {
  private static final Set<String> ALWAYS_FUNCTIONS = Set.of("f", "F", "O", "Theta", "Omega");

  private static final Set<String> SOMETIMES_FUNCTIONS =
      Set.of(
          "g", "h", "p", "q", "u", "v", "y", "z", "w", "G", "H", "P", "Q", "T", "E", "phi", "psi",
          "o");

  private final TokenStream in;
  private final CommandParser commands;
  private final BracketParser brackets;

  /**
   * @param item reads what may stand between brackets
   */
  TermParser(TokenStream in, Supplier<Expr> item) {
    this.in = in;
    this.commands = new CommandParser(in, this, item);
    this.brackets = new BracketParser(in, this, item);
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
    int primes = primes();
    if (primes > 0 && base instanceof Sym name) {
      return applied(name.name() + "'".repeat(primes));
    }
    Expr exponent = exponent();
    if (base instanceof Sym name
        && in.peek().is("(")
        && isFunctionLetter(name.name())
        && exponent.equals(new Negative(Num.of(1)))) {
      return applied(name.name() + "^-1");
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
      base = indexed(name, in.index());
    }
    return postfix(combinations(base, exponent));
  }

  /** {@code C_{10}^3}, the number of ways to choose 3 of 10; a power with any other name. */
  private static Expr combinations(Expr base, Expr exponent) {
    return base instanceof Sym c
            && c.name().matches("C_\\d{1,3}")
            && exponent instanceof Num k
            && k.value().isSmall()
            && k.value().small() >= 0
            && k.value().small() <= Integer.parseInt(c.name().substring(2))
        ? new Call("binom", List.of(Num.of(Integer.parseInt(c.name().substring(2))), exponent))
        : new Power(base, exponent);
  }

  /** How many primes stand here as an exponent, which are taken. */
  private int primes() {
    int mark = in.mark();
    boolean braces = in.take("{");
    int primes = 0;
    while (in.take("'")) {
      primes++;
    }
    if (primes == 0 || braces && !in.take("}")) {
      in.reset(mark);
      return 0;
    }
    return primes;
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
      } else if (read instanceof Sym name && in.take("'")) {
        read = applied(primed(name.name() + "'"));
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
      default -> applied(primed(name));
    };
  }

  private String primed(String name) {
    StringBuilder primed = new StringBuilder(name);
    while (in.take("'")) {
      primed.append('\'');
    }
    return primed.toString();
  }

  private static boolean isFunctionLetter(String name) {
    return ALWAYS_FUNCTIONS.contains(name) || SOMETIMES_FUNCTIONS.contains(name);
  }

  /** A name with what stands in brackets behind it, where it names a function; else a symbol. */
  private Expr applied(String name) {
    int mark = in.mark();
    boolean braces = in.peek().is("{") && in.peek(1).is("(");
    if (braces) {
      in.take();
    }
    Expr applied = in.peek().is("(") ? application(name) : null;
    if (applied == null || braces && !in.take("}")) {
      in.reset(mark);
      return new Sym(name);
    }
    return applied;
  }

  /**
   * A letter that is used for functions, of anything for {@code f} and {@code O}, for the others of
   * a single symbol or number, or of several values; null when it is a factor.
   */
  private @Nullable Expr application(String name) {
    String letter = name.replace("'", "");
    boolean single =
        in.peek(2).is(")") && (in.peek(1).kind() == Kind.NAME || in.peek(1).kind() == Kind.NUMBER);
    boolean any = ALWAYS_FUNCTIONS.contains(letter) || !name.equals(letter) || name.contains("^");
    boolean choose = letter.equals("C") && in.isPairOfNumbers();
    if (!any && !choose && !(SOMETIMES_FUNCTIONS.contains(letter) && (single || in.isSeveral()))) {
      return null;
    }
    in.take();
    List<Expr> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (in.take(","));
    in.need(")");
    return new Call(choose ? "binom" : name, List.copyOf(arguments));
  }

  private Expr sign() {
    if (in.take("\\$")) {
      return new Quantity(factor(), "dollar");
    }
    Expr read = brackets.read();
    return read instanceof Sym name ? applied(name.name()) : read;
  }

  @Override
  public Expr degree() {
    return brackets.degree();
  }
}
