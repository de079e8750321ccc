package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Clock;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Ratio;
import java.util.List;
import java.util.function.BiFunction;

/** Compares ratios and times of day, which are written alike. */
final class Ratios {
  private static final int HALF_DAY = 43_200;

  private final Conventions conventions;
  private final Scalars scalars;
  private final BiFunction<List<Expr>, List<Expr>, Decision> inOrder;

  /**
   * @param inOrder compares lists item by item
   */
  Ratios(
      Conventions conventions,
      Scalars scalars,
      BiFunction<List<Expr>, List<Expr>, Decision> inOrder) {
    this.conventions = conventions;
    this.scalars = scalars;
    this.inOrder = inOrder;
  }

  /** Compares; one of the two at least is a ratio or a time. */
  Decision compare(Expr key, Expr answer) {
    if (key instanceof Clock a && answer instanceof Clock b) {
      return clock(a, b);
    }
    if (key instanceof Quantity || answer instanceof Quantity) {
      return Decision.unequal("different kinds of answer");
    }
    List<Expr> left = parts(key);
    List<Expr> right = parts(answer);
    if (left.size() == 2 && right.size() == 2) {
      if (!conventions.notations()) {
        return inOrder.apply(left, right).by("part by part");
      }
      return scalars
          .compare(new Quotient(left.get(0), left.get(1)), new Quotient(right.get(0), right.get(1)))
          .by("as quotients");
    }
    if (left.size() == 1 && right.size() == 2 || left.size() == 2 && right.size() == 1) {
      // 11:21 is a time or a ratio: what it is compared with tells
      boolean time = key instanceof Clock || answer instanceof Clock;
      if (!conventions.notations()
          || time && !(key instanceof Quotient || answer instanceof Quotient)) {
        return Decision.unequal("a ratio and no ratio");
      }
      return scalars.compare(quotient(left), quotient(right)).by("as quotients");
    }
    if (left.size() == right.size() && conventions.notations()) {
      for (int i = 1; i < left.size(); i++) {
        Decision part =
            scalars.compare(
                new Quotient(left.get(i), left.get(0)), new Quotient(right.get(i), right.get(0)));
        if (!part.isEqual()) {
          return part.by("part " + (i + 1) + " of the ratio");
        }
      }
      return Decision.equal("the same proportions");
    }
    return inOrder.apply(left, right).by("part by part");
  }

  private static Expr quotient(List<Expr> parts) {
    return parts.size() == 1 ? parts.get(0) : new Quotient(parts.get(0), parts.get(1));
  }

  private static List<Expr> parts(Expr expr) {
    if (expr instanceof Clock clock) {
      return List.of(Num.of(clock.seconds() / 3600), Num.of(clock.seconds() / 60 % 60));
    }
    return expr instanceof Ratio ratio ? ratio.parts() : List.of(expr);
  }

  /** {@code 8:34} may stand for {@code 8:34 pm} where units may be missing. */
  private Decision clock(Clock key, Clock answer) {
    boolean halves = !key.half().isEmpty() && !answer.half().isEmpty();
    boolean halfMissing = key.half().isEmpty() != answer.half().isEmpty();
    if (halfMissing) {
      Clock bare = key.half().isEmpty() ? key : answer;
      Clock full = key.half().isEmpty() ? answer : key;
      boolean same =
          bare.seconds() == ofDay(full) || conventions.units() && bare.seconds() == full.seconds();
      return same ? Decision.equal("the same time") : Decision.unequal("different times");
    }
    boolean same = halves ? ofDay(key) == ofDay(answer) : key.seconds() == answer.seconds();
    return same ? Decision.equal("the same time") : Decision.unequal("different times");
  }

  private static int ofDay(Clock clock) {
    int twelve = clock.seconds() % HALF_DAY;
    return clock.half().equals("pm") ? twelve + HALF_DAY : twelve;
  }
}
