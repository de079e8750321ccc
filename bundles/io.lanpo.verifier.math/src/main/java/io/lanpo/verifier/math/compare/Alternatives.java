package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.PlusMinus;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes ± out: {@code 2 ± √3} is the list of two values. Several ± are independent of each other;
 * with a ∓ among them all signs change together.
 */
final class Alternatives {
  private static final int MOST_SIGNS = 4;

  /** The sign of each ± in the order in which they are met. */
  private final List<Boolean> signs;

  private int met;

  private Alternatives(List<Boolean> signs) {
    this.signs = signs;
  }

  /** The tree without ±: a list where one was. */
  static Expr writtenOut(Expr expr) {
    int count = count(expr);
    if (count == 0) {
      return expr;
    }
    if (expr instanceof Listed list) {
      List<Expr> all = new ArrayList<>();
      for (Expr item : list.items()) {
        Expr each = writtenOut(item);
        all.addAll(each instanceof Listed several ? several.items() : List.of(each));
      }
      return new Listed(List.copyOf(all), list.join());
    }
    if (expr instanceof SetOf set) {
      return new SetOf(writtenOut(new Listed(set.items(), ",")).children());
    }
    if (count > MOST_SIGNS) {
      throw new Refusal.BeyondLimits("more than " + MOST_SIGNS + " signs of plus or minus");
    }
    boolean together = expr.has(e -> e instanceof PlusMinus sign && sign.minusFirst());
    Set<Expr> values = new LinkedHashSet<>();
    for (int choice = 0; choice < (together ? 2 : 1 << count); choice++) {
      List<Boolean> signs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        signs.add((together ? choice : choice >> i & 1) == 1);
      }
      values.add(new Alternatives(signs).chosen(expr));
    }
    return new Listed(List.copyOf(values), ",");
  }

  private static int count(Expr expr) {
    int below = expr.children().stream().mapToInt(Alternatives::count).sum();
    return below + (expr instanceof PlusMinus ? 1 : 0);
  }

  private Expr chosen(Expr expr) {
    if (expr instanceof PlusMinus sign) {
      boolean negative = signs.get(met++) ^ sign.minusFirst();
      Expr of = chosen(sign.of());
      return negative ? new Negative(of) : of;
    }
    List<Expr> children = expr.children();
    return children.isEmpty() ? expr : expr.with(children.stream().map(this::chosen).toList());
  }
}
