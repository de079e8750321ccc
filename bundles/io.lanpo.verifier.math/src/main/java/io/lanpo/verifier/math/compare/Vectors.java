package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Sym;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vectors by their components, {@code (1, 2)}, and by unit vectors, {@code i + 2j}. */
final class Vectors {
  private static final List<Expr> UNITS = List.of(Const.I, new Sym("j"), new Sym("k"));

  private Vectors() {}

  /** Whether this is a tuple, a row or a column. */
  static boolean isVector(Expr expr) {
    return expr instanceof Group
        || expr instanceof Matrix matrix
            && (matrix.rows().size() == 1
                || matrix.rows().stream().allMatch(row -> row.size() == 1));
  }

  /** The matrix that {@code [[1, 2], [3, 4]]} writes by its rows; empty for anything else. */
  static Optional<Matrix> rows(Expr expr) {
    boolean square =
        expr instanceof Group group
            && group.open() == '['
            && group.items().stream()
                .allMatch(e -> e instanceof Group row && row.open() == '[' && row.close() == ']');
    return square
        ? Optional.of(new Matrix(expr.children().stream().map(Expr::children).toList()))
        : Optional.empty();
  }

  /** Whether a term has unit vectors and no other symbols. */
  static boolean isByUnits(Expr term) {
    return term.has(UNITS::contains) && List.of("j", "k").containsAll(term.symbols());
  }

  /** The sum of the components times the unit vectors; a vector of more than three stays. */
  static Expr byUnits(Expr vector) {
    List<Expr> components = vector.children();
    if (components.size() > UNITS.size()) {
      return vector;
    }
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      terms.add(new Product(List.of(components.get(i), UNITS.get(i))));
    }
    return new Sum(List.copyOf(terms));
  }
}
