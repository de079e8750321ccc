package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what begins with a command or the name of a function. */
final class CommandParser {
  private static final Set<String> OF_MANY = Set.of("max", "min", "gcd", "lcm");

  private final TokenStream in;
  private final Grammar terms;

  CommandParser(TokenStream in, Grammar terms) {
    this.in = in;
    this.terms = terms;
  }

  /** What a command and its arguments say; the command itself has been taken. */
  Expr read(String command) {
    if (command.startsWith("begin ")) {
      return matrix(command.substring("begin ".length()));
    }
    if (Notation.FUNCTIONS.contains(command)) {
      return functionOf(command);
    }
    return switch (command) {
      case "frac" -> new Quotient(terms.argument(), terms.argument());
      case "binom" -> new Call("binom", List.of(terms.argument(), terms.argument()));
      case "sqrt" -> root();
      case "infty" -> Const.INFINITY;
      case "overline" -> terms.argument();
      case "phantom" -> {
        skipArgument();
        yield terms.primary();
      }
      default -> throw new Refusal.Unreadable("\\" + command + " is not known");
    };
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

  private Expr matrix(String kind) {
    if (!kind.matches("[pb]?matrix|smallmatrix|array")) {
      throw new Refusal.Unreadable("a " + kind + " is not known");
    }
    if (kind.equals("array")) {
      in.index();
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
