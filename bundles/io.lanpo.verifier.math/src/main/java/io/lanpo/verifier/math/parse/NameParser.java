package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.InBase;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Sym;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what belongs to a name: primes, an index, the arguments of a function. */
final class NameParser {
  private static final Set<String> ALWAYS_FUNCTIONS = Set.of("f", "F", "O", "Theta", "Omega");

  private static final Set<String> SOMETIMES_FUNCTIONS =
      Set.of(
          "g", "h", "p", "q", "u", "v", "y", "z", "w", "G", "H", "P", "Q", "T", "E", "phi", "psi",
          "o");

  private final TokenStream in;
  private final Grammar terms;

  NameParser(TokenStream in, Grammar terms) {
    this.in = in;
    this.terms = terms;
  }

  /** A symbol or function; its letter has been taken. */
  Expr read(String name) {
    StringBuilder primed = new StringBuilder(name);
    while (in.take("'")) {
      primed.append('\'');
    }
    return applied(primed.toString());
  }

  /** The name with primes that stand as its exponent, <code>f^{\\prime}</code>; empty without. */
  Optional<Expr> withPrimes(Sym name) {
    int primes = primes();
    return primes == 0 ? Optional.empty() : Optional.of(applied(name.name() + "'".repeat(primes)));
  }

  /** Whether an exponent makes an inverse function of a name: {@code f^{-1}(x)}. */
  boolean isInverse(Sym name, Expr exponent) {
    return in.peek().is("(")
        && (ALWAYS_FUNCTIONS.contains(name.name()) || SOMETIMES_FUNCTIONS.contains(name.name()))
        && exponent.equals(new Negative(Num.of(1)));
  }

  /** {@code C_{10}^3}, the number of ways to choose 3 of 10; a power with any other name. */
  static Expr combinations(Expr base, Expr exponent) {
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

  /** A name with an index, or a number with its base. */
  Expr indexed(Expr read, String index) {
    if (read instanceof Sym name) {
      return new Sym(name.name() + "_" + index);
    }
    if (read instanceof Num number && number.value().isWhole() && index.matches("\\d{1,3}")) {
      return new InBase(number.value().toString(), index);
    }
    throw in.unreadable("an index on something that is no name");
  }

  /** A name with what stands in brackets behind it, where it names a function; else a symbol. */
  Expr applied(String name) {
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
      arguments.add(terms.sum());
    } while (in.take(","));
    in.need(")");
    return new Call(choose ? "binom" : name, List.copyOf(arguments));
  }
}
