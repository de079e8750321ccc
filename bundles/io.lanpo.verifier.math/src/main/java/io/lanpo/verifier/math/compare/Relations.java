package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.List;

/** Compares equations and inequalities with each other, and tells what names a value. */
final class Relations {
  private final Scalars scalars;

  Relations(Scalars scalars) {
    this.scalars = scalars;
  }

  /** Whether a relation only gives a name to its last side: {@code x = 5}, {@code AB = 2√3}. */
  static boolean isNamed(Relation relation) {
    if (!relation.signs().stream().allMatch(s -> s.equals("=") || s.equals("≈") || s.equals("∈"))) {
      return false;
    }
    Expr left = relation.sides().get(0);
    if (left.symbols().isEmpty() && !(left instanceof Text)) {
      // 2 + 3 = 5: a calculation whose result is its last side
      return relation.symbols().isEmpty() && !relation.signs().contains("∈");
    }
    return Names.isName(left);
  }

  /**
   * Whether a relation only says the value of what was asked for: one that gives a name, or one
   * such as {@code m+n = 293}.
   *
   * @param key whether it is the key, whose value alone must be an answer
   */
  static boolean saysValue(Relation relation, boolean key) {
    Expr value = value(relation);
    if (key && Names.isFormula(relation.sides().get(0))) {
      return value.symbols().isEmpty() && !value.has(Const.I::equals);
    }
    return isNamed(relation)
        || relation.signs().stream().allMatch(s -> s.equals("=") || s.equals("≈"))
            && value.symbols().isEmpty()
            && Names.isAsked(relation.sides().get(0), value, key);
  }

  static Expr value(Relation relation) {
    return relation.sides().get(relation.sides().size() - 1);
  }

  /** Compares two relations that are no two names of values. */
  Decision compare(Relation key, Relation answer) {
    if (key.signs().size() != 1 || answer.signs().size() != 1) {
      return chain(key, answer);
    }
    String sign = key.signs().get(0);
    Expr left = difference(key, false);
    if (sign.equals("=") || sign.equals("!=")) {
      if (!answer.signs().get(0).equals(sign)) {
        return Decision.unequal("an equation and something else");
      }
      Expr right = difference(answer, false);
      if (scalars.sameZeros(left, right)) {
        return Decision.equal("the same equation");
      }
      return scalars.proportional(left, right, false).by("as equations");
    }
    boolean turn = isGreater(sign) != isGreater(answer.signs().get(0));
    if (sign.length() != answer.signs().get(0).length() || answer.signs().get(0).equals("=")) {
      return Decision.unequal("different relation signs");
    }
    return scalars.proportional(left, difference(answer, turn), true).by("as inequalities");
  }

  private static boolean isGreater(String sign) {
    return sign.startsWith(">");
  }

  private static Expr difference(Relation relation, boolean turned) {
    Expr left = relation.sides().get(turned ? 1 : 0);
    Expr right = relation.sides().get(turned ? 0 : 1);
    return new Sum(List.of(left, new Negative(right)));
  }

  /** Side by side, in the order written or the other way round. */
  private Decision chain(Relation key, Relation answer) {
    Decision forward = sides(key, answer.sides(), answer.signs());
    if (forward.isEqual()) {
      return forward;
    }
    List<Expr> sides = new java.util.ArrayList<>(answer.sides());
    List<String> signs = new java.util.ArrayList<>(answer.signs());
    java.util.Collections.reverse(sides);
    java.util.Collections.reverse(signs);
    signs.replaceAll(Relations::turned);
    return sides(key, sides, signs);
  }

  private static String turned(String sign) {
    return sign.startsWith("<") ? sign.replace('<', '>') : sign.replace('>', '<');
  }

  private Decision sides(Relation key, List<Expr> sides, List<String> signs) {
    if (!key.signs().equals(signs)) {
      return Decision.unequal("different relation signs");
    }
    for (int i = 0; i < sides.size(); i++) {
      Decision side = scalars.compare(key.sides().get(i), sides.get(i));
      if (!side.isEqual()) {
        return side.by("side " + (i + 1) + " of the relation");
      }
    }
    return Decision.equal("the same relation");
  }
}
