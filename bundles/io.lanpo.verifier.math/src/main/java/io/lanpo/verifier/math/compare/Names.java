package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Ratio;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.List;
import java.util.Set;

/** Tells left sides that name what was asked for from equations that still have to be solved. */
final class Names {
  private static final Set<String> ANGLES = Set.of("angle", "triangle", "m");
  private static final Set<String> COORDINATES = Set.of("x", "y", "z");

  /** Functions in an equation that asks for their argument. */
  private static final Set<String> INVERTIBLE = Set.of("sqrt", "root", "exp", "factorial");

  private Names() {}

  /** A symbol, a function of something, a length by its end points, words, or several of them. */
  static boolean isName(Expr expr) {
    if (expr instanceof Product product) {
      return product.has(e -> e instanceof Text || e instanceof Relation)
          || isOfPoints(product)
          || isDerivative(expr);
    } else if (expr instanceof Group group) {
      return group.items().stream().allMatch(Names::isName);
    } else if (expr instanceof Call call) {
      return isFunction(call) || call.function().equals("abs") && isName(call.arguments().get(0));
    }
    return expr instanceof Sym || expr instanceof Text || isDerivative(expr);
  }

  /** A formula whose meaning is not known here, kept as text: {@code TT^*}, {@code P(A|B)}. */
  static boolean isFormula(Expr expr) {
    return expr instanceof Text text && !text.words().matches("[\\p{L}\\s]*+");
  }

  /** Whether a function is only a name, with no meaning of its own: {@code f}, {@code P}. */
  static boolean isFunction(Expr expr) {
    return expr instanceof Call call
        && (call.function().length() == 1
            || Character.isUpperCase(call.function().charAt(0))
            || call.function().matches(".['^].*"));
  }

  /** A length or an angle by its points: {@code AB}, {@code ∠ABC}. */
  private static boolean isOfPoints(Product product) {
    return product.factors().stream()
        .allMatch(
            f ->
                f instanceof Sym s
                    && (Character.isUpperCase(s.name().charAt(0)) || ANGLES.contains(s.name())));
  }

  /** {@code dy/dx} or {@code d/dx} of something. */
  private static boolean isDerivative(Expr expr) {
    if (expr instanceof Product product) {
      return isDerivative(product.factors().get(0));
    }
    return expr instanceof Quotient quotient
        && isDifferential(quotient.above())
        && isDifferential(quotient.below());
  }

  private static boolean isDifferential(Expr expr) {
    List<Expr> factors = expr instanceof Product product ? product.factors() : List.of(expr);
    Expr first = factors.get(0) instanceof Power power ? power.base() : factors.get(0);
    return first instanceof Sym d && (d.name().equals("d") || d.name().equals("partial"));
  }

  /**
   * Whether a left side is a compound whose value a problem may ask for: {@code m+n}, {@code
   * x²+y²}, {@code a/b}, {@code cos A}; not {@code 2x} or {@code x²}, which ask for x, and no
   * equation with everything on one side. In a key it must not be an equation that is an answer
   * itself: {@code x+y = 5} is a line.
   */
  static boolean isAsked(Expr left, Expr value, boolean key) {
    if (left instanceof Sum sum) {
      boolean normalForm =
          value instanceof Num zero
              && zero.value().signum() == 0
              && sum.terms().stream().anyMatch(t -> t.symbols().isEmpty());
      return key ? sum.terms().stream().allMatch(Names::isUnknown) : !normalForm;
    } else if (left instanceof Call call) {
      return !INVERTIBLE.contains(call.function());
    } else if (left instanceof Ratio) {
      return true;
    }
    boolean several = left.symbols().size() > 1 || left.has(Sum.class::isInstance);
    boolean compound = left instanceof Quotient || left instanceof Product && !key;
    return compound && several && !(key && left.symbols().stream().anyMatch(COORDINATES::contains));
  }

  /** A symbol that is no coordinate. */
  private static boolean isUnknown(Expr expr) {
    return expr instanceof Sym s && !COORDINATES.contains(s.name());
  }
}
