package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Relation;
import java.math.BigDecimal;

/** Exact values with about what they are behind: {@code √3/3 ≈ 0.577}. */
final class Roundings {
  private final Scalars scalars;

  Roundings(Scalars scalars) {
    this.scalars = scalars;
  }

  /**
   * The answer without the decimal behind its exact value; with it, when the decimal is not that
   * value to its last digit.
   */
  Expr exact(Expr expr) {
    if (!(expr instanceof Relation relation)) {
      return expr;
    }
    int last = relation.sides().size() - 1;
    String sign = relation.signs().get(last - 1);
    Expr exact = relation.sides().get(last - 1);
    Expr decimal = relation.sides().get(last);
    String unit = "";
    if (decimal instanceof Quantity quantity) {
      decimal = quantity.amount();
      unit = quantity.unit();
    }
    boolean rounded = sign.equals("≈") || sign.equals("=") && isDecimal(decimal);
    if (!rounded || !isExact(exact) || !isAbout(exact, decimal)) {
      return expr;
    }
    Expr value = unit.isEmpty() || exact instanceof Quantity ? exact : new Quantity(exact, unit);
    if (last == 1) {
      return value;
    }
    var sides = new java.util.ArrayList<>(relation.sides().subList(0, last - 1));
    sides.add(value);
    return new Relation(java.util.List.copyOf(sides), relation.signs().subList(0, last - 1));
  }

  /** Whether the decimal at the end is not about the exact value before it. */
  boolean isFalse(Relation relation) {
    int last = relation.sides().size() - 1;
    Expr decimal = relation.sides().get(last);
    Expr exact = relation.sides().get(last - 1);
    return relation.signs().get(last - 1).equals("≈")
        && isExact(exact)
        && number(decimal) instanceof Num
        && !isAbout(exact, decimal);
  }

  private static boolean isDecimal(Expr expr) {
    return number(expr) instanceof Num number && number.decimals() > 0;
  }

  private static Expr number(Expr expr) {
    return expr instanceof Negative negative ? negative.of() : expr;
  }

  /** A constant in which no decimal occurs. */
  private static boolean isExact(Expr expr) {
    return expr.symbols().isEmpty() && !expr.has(e -> e instanceof Num n && n.decimals() >= 0);
  }

  /** Whether a number is less than one of its last digits away from an exact value. */
  private boolean isAbout(Expr exact, Expr decimal) {
    if (!(number(decimal) instanceof Num number)) {
      return false;
    }
    try {
      BigDecimal value = scalars.real(exact instanceof Quantity q ? q.amount() : exact);
      BigDecimal off = value.subtract(scalars.real(decimal)).abs();
      return off.compareTo(BigDecimal.ONE.movePointLeft(Math.max(0, number.decimals()))) < 0;
    } catch (Refusal e) {
      return false;
    }
  }
}
