package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what begins with a command or the name of a function. */
final class CommandParser {
  private static final Set<String> CONDITIONS = Set.of("if", "for", "when", "where");
  private static final Set<String> OF_MANY = Set.of("max", "min", "gcd", "lcm");

  private final TokenStream in;
  private final Grammar terms;
  private final Supplier<Expr> item;

  /**
   * @param item reads what may stand in a cell beside a value
   */
  CommandParser(TokenStream in, Grammar terms, Supplier<Expr> item) {
    this.in = in;
    this.terms = terms;
    this.item = item;
  }

  /** What a command and its arguments say; the command itself has been taken. */
  Expr read(String command) {
    if (command.startsWith("begin ")) {
      String kind = command.substring("begin ".length());
      return kind.equals("cases") || kind.equals("dcases") ? pieces() : matrix(kind);
    }
    if (Notation.FUNCTIONS.contains(command)) {
      return functionOf(command);
    }
    return switch (command) {
      case "frac" -> new Quotient(terms.argument(), terms.argument());
      case "binom" -> new Call("binom", List.of(terms.argument(), terms.argument()));
      case "sqrt" -> root();
      case "infty" -> Const.INFINITY;
      case "sum", "prod" -> series(command.equals("sum"));
      case "abs", "floor", "ceil", "factorial" -> inBrackets(command);
      case "overline" -> terms.argument();
      case "phantom" -> {
        skipArgument();
        yield terms.primary();
      }
      default -> throw new Refusal.Unreadable("\\" + command + " is not known");
    };
  }

  /** A function that needs brackets. */
  private Expr inBrackets(String function) {
    if (!in.peek().is("(") && !in.peek().is("{")) {
      throw in.unreadable("a bracket is missing behind " + function);
    }
    return new Call(function, List.of(terms.primary()));
  }

  /** {@code \\sum_{k=1}^{10} k}, its bounds in either order. */
  private Expr series(boolean sum) {
    String index = "";
    Expr low = Const.INFINITY;
    Expr high = Const.INFINITY;
    while (in.peek().is("_") || in.peek().is("^")) {
      if (in.take().is("^")) {
        high = terms.exponent();
      } else {
        in.need("{");
        index = in.take().text();
        in.need("=");
        low = terms.sum();
        in.need("}");
      }
    }
    return Series.of(sum, index, low, high, terms.product());
  }

  /** What is not shown is not read. */
  private void skipArgument() {
    int open = 0;
    do {
      Token token = in.take();
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
    } while (open > 0 && !in.atEnd());
  }

  private Expr root() {
    if (in.take("[")) {
      Expr degree = terms.degree();
      in.need("]");
      return new Call("root", List.of(degree, terms.argument()));
    }
    return new Call("sqrt", List.of(in.peek().is("{") ? terms.braces() : terms.primary()));
  }

  /** A function with its argument; its name alone is a word. */
  private Expr functionOf(String function) {
    if (!terms.startsFactor(in.peek())
        && in.peek().kind() != Kind.NUMBER
        && !in.peek().is("_")
        && !in.peek().is("^")
        && !in.peek().is("|")
        && !in.peek().is("-")) {
      return new Text(function);
    }
    List<Expr> arguments = new ArrayList<>();
    String name = function;
    if (function.equals("log") && in.take("_")) {
      arguments.add(terms.argument());
    }
    Expr power = Num.of(1);
    if (in.take("^")) {
      power = terms.exponent();
      if (power instanceof Negative n
          && n.of() instanceof Num one
          && one.value().equals(Rational.ONE)) {
        name = "arc" + function;
        power = Num.of(1);
      }
    }
    Expr of = argumentOf();
    if (of instanceof Group many && many.open() == '(') {
      arguments.addAll(many.items());
    } else if (of instanceof SetOf set && OF_MANY.contains(function)) {
      arguments.addAll(set.items());
    } else {
      arguments.add(of);
    }
    int most = OF_MANY.contains(name) ? Integer.MAX_VALUE : name.equals("log") ? 2 : 1;
    if (arguments.isEmpty() || arguments.size() > most) {
      throw new Refusal.Unreadable("\\%s of %d values".formatted(function, arguments.size()));
    }
    Expr call = new Call(name, List.copyOf(arguments));
    return power.equals(Num.of(1)) ? call : new Power(call, power);
  }

  /** Brackets, or what stands side by side up to a sign or the next function. */
  private Expr argumentOf() {
    boolean negative = in.take("-");
    boolean bracketed = in.peek().is("(") || in.peek().is("{") || in.peek().is("[");
    Expr argument = bracketed ? terms.primary() : terms.factor();
    while (!bracketed
        && terms.startsFactor(in.peek())
        && !in.peek().is("(")
        && !Notation.FUNCTIONS.contains(in.peek().text())) {
      argument = Product.of(argument, terms.factor());
    }
    return negative ? new Negative(argument) : argument;
  }

  /** A function in pieces: each value with its condition. */
  private Expr pieces() {
    List<Expr> pieces = new ArrayList<>();
    while (!in.peek().text().startsWith("end ")) {
      Expr value = terms.sum();
      skipWords();
      in.take("&");
      skipWords();
      pieces.add(new Group('{', '}', List.of(value, item.get())));
      skipWords();
      if (!in.take("\\\\") && !in.peek().text().startsWith("end ")) {
        throw in.unreadable("the cases do not go on");
      }
    }
    in.take();
    return new Listed(List.copyOf(pieces), ",");
  }

  /** Punctuation and words such as {@code if} between a value and its condition. */
  private void skipWords() {
    while (in.peek().is(",")
        || in.peek().is(".")
        || in.peek().is(";")
        || CONDITIONS.contains(in.peek().text())) {
      in.take();
    }
  }

  private Expr matrix(String kind) {
    if (!kind.matches("[pb]?matrix|smallmatrix|array")) {
      throw new Refusal.Unreadable("a " + kind + " is not known");
    }
    List<List<Expr>> rows = new ArrayList<>();
    List<Expr> row = new ArrayList<>();
    while (!in.peek().kind().equals(Kind.COMMAND) || !in.peek().text().startsWith("end ")) {
      row.add(terms.sum());
      if (in.take("\\\\")) {
        rows.add(List.copyOf(row));
        row.clear();
      } else if (!in.take("&") && !in.peek().text().startsWith("end ")) {
        throw in.unreadable("the matrix does not go on");
      }
    }
    in.take();
    if (!row.isEmpty()) {
      rows.add(List.copyOf(row));
    }
    return new Matrix(List.copyOf(rows));
  }
}
